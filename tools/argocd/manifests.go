package main

import (
	"context"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"github.com/argoproj/argo-cd/v3/pkg/apis/application/v1alpha1"
	"github.com/argoproj/argo-cd/v3/reposerver/apiclient"
	"github.com/argoproj/argo-cd/v3/util/settings"
)

func clients(address string) apiclient.Clientset {
	return apiclient.NewRepoServerClientset(address, 60, apiclient.TLSConfiguration{DisableTLS: true})
}

func manifestsCommand() *cobra.Command {
	var server, from, name string
	command := &cobra.Command{
		Use:   "manifests APPLICATION",
		Short: "print what the repo-server renders of an Application's sources",
		Args:  cobra.ExactArgs(1),
		RunE: func(command *cobra.Command, arguments []string) error {
			manager, err := settingsOf(command.Context(), from)
			if err != nil {
				return err
			}
			application, err := the[v1alpha1.Application](arguments[0], "Application")
			if err != nil {
				return err
			}
			application.Name = name
			return render(command.Context(), clients(server), manager, application)
		},
	}
	command.Flags().StringVar(&server, "server", "", "address of the repo-server")
	command.Flags().StringVar(&from, "settings", "", "file with argocd-cm")
	command.Flags().StringVar(&name, "name", "", "name of the Application; without one nothing is marked as its own")
	return command
}

// render asks for each source, as the application controller's GetRepoObjs does, with its words for a failure.
func render(ctx context.Context, clients apiclient.Clientset, manager *settings.SettingsManager, application *v1alpha1.Application) error {
	connection, client, err := clients.NewRepoServerClient()
	if err != nil {
		return err
	}
	defer connection.Close()
	sources := application.Spec.GetSources()
	for i := range sources {
		request, err := request(manager, application, &sources[i])
		if err != nil {
			return err
		}
		answer, err := client.GenerateManifest(ctx, request)
		if err != nil {
			return fmt.Errorf("failed to generate manifest for source %d of %d: %w", i+1, len(sources), err)
		}
		fmt.Fprintf(os.Stderr, "source %d of %d: %s\n", i+1, len(sources), answer.SourceType)
		for _, manifest := range answer.Manifests {
			fmt.Fprintf(os.Stdout, "---\n%s\n", manifest)
		}
	}
	return nil
}

func request(manager *settings.SettingsManager, application *v1alpha1.Application, source *v1alpha1.ApplicationSource) (*apiclient.ManifestRequest, error) {
	options, err := manager.GetKustomizeSettings()
	if err != nil {
		return nil, err
	}
	types, err := manager.GetEnabledSourceTypes()
	if err != nil {
		return nil, err
	}
	label, err := manager.GetAppInstanceLabelKey()
	if err != nil {
		return nil, err
	}
	tracking, err := manager.GetTrackingMethod()
	if err != nil {
		return nil, err
	}
	return &apiclient.ManifestRequest{
		Repo:               &v1alpha1.Repository{Repo: source.RepoURL},
		Revision:           source.TargetRevision,
		NoCache:            true,
		NoRevisionCache:    true,
		AppLabelKey:        label,
		AppName:            application.Name,
		Namespace:          application.Spec.Destination.Namespace,
		ApplicationSource:  source,
		KustomizeOptions:   options,
		TrackingMethod:     tracking,
		EnabledSourceTypes: types,
		HasMultipleSources: application.Spec.HasMultipleSources(),
		ProjectName:        application.Spec.Project,
		ProjectSourceRepos: []string{"*"},
	}, nil
}
