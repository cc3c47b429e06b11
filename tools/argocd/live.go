package main

import (
	"fmt"
	"time"

	"github.com/argoproj/gitops-engine/pkg/health"
	"github.com/spf13/cobra"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

	"github.com/argoproj/argo-cd/v3/common"
	"github.com/argoproj/argo-cd/v3/pkg/apis/application/v1alpha1"
	"github.com/argoproj/argo-cd/v3/util/argo/diff"
	"github.com/argoproj/argo-cd/v3/util/argo/normalizers"
	"github.com/argoproj/argo-cd/v3/util/lua"
)

func healthCommand() *cobra.Command {
	var from string
	command := &cobra.Command{
		Use:   "health FILE",
		Short: "say what Argo CD thinks of each live object of a file",
		Args:  cobra.ExactArgs(1),
		RunE: func(command *cobra.Command, arguments []string) error {
			manager, err := settingsOf(command.Context(), from)
			if err != nil {
				return err
			}
			overrides, err := manager.GetResourceOverrides()
			if err != nil {
				return err
			}
			live, err := objects(arguments[0])
			if err != nil {
				return err
			}
			for _, object := range live {
				status, err := health.GetResourceHealth(object, lua.ResourceHealthOverrides(overrides))
				if err != nil {
					return fmt.Errorf("%s %s: %w", object.GetKind(), object.GetName(), err)
				}
				if status == nil { // Argo CD knows no check, and waits for nothing
					status = &health.HealthStatus{Status: "None"}
				}
				fmt.Printf("%s %s: %s %s\n", object.GetKind(), object.GetName(), status.Status, status.Message)
			}
			return nil
		},
	}
	command.Flags().StringVar(&from, "settings", "", "file with argocd-cm")
	return command
}

func diffCommand() *cobra.Command {
	var from, application string
	command := &cobra.Command{
		Use:   "diff WANTED LIVE",
		Short: "name the objects that Argo CD takes for changed; both files have the same objects in the same order",
		Args:  cobra.ExactArgs(2),
		RunE: func(command *cobra.Command, arguments []string) error {
			manager, err := settingsOf(command.Context(), from)
			if err != nil {
				return err
			}
			overrides, err := manager.GetResourceOverrides()
			if err != nil {
				return err
			}
			app, err := the[v1alpha1.Application](application, "Application")
			if err != nil {
				return err
			}
			wanted, err := objects(arguments[0])
			if err != nil {
				return err
			}
			live, err := objects(arguments[1])
			if err != nil {
				return err
			}
			return differences(app, overrides, wanted, live)
		},
	}
	command.Flags().StringVar(&from, "settings", "", "file with argocd-cm")
	command.Flags().StringVar(&application, "application", "", "file with the Application")
	return command
}

func differences(app *v1alpha1.Application, overrides map[string]v1alpha1.ResourceOverride, wanted, live []*unstructured.Unstructured) error {
	config, err := diff.NewDiffConfigBuilder().
		WithDiffSettings(app.Spec.IgnoreDifferences, overrides, false, normalizers.IgnoreNormalizerOpts{JQExecutionTimeout: 10 * time.Second}).
		WithTracking(common.LabelKeyAppInstance, string(v1alpha1.TrackingMethodAnnotation)).
		WithNoCache().
		Build()
	if err != nil {
		return err
	}
	found, err := diff.StateDiffs(live, wanted, config)
	if err != nil {
		return err
	}
	for i, one := range found.Diffs {
		if one.Modified {
			fmt.Printf("%s %s\n", wanted[i].GetKind(), wanted[i].GetName())
		}
	}
	return nil
}
