package main

import (
	"context"
	"errors"

	log "github.com/sirupsen/logrus"
	"github.com/spf13/cobra"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/argoproj/argo-cd/v3/applicationset/controllers/template"
	"github.com/argoproj/argo-cd/v3/applicationset/generators"
	"github.com/argoproj/argo-cd/v3/applicationset/services"
	"github.com/argoproj/argo-cd/v3/applicationset/utils"
	"github.com/argoproj/argo-cd/v3/common"
	"github.com/argoproj/argo-cd/v3/pkg/apis/application/v1alpha1"
	"github.com/argoproj/argo-cd/v3/util/db"
)

// repositories is an Argo CD without credentials: each repository is what its URL says.
type repositories struct{ db.ArgoDB }

func (repositories) GetRepository(_ context.Context, url, _ string) (*v1alpha1.Repository, error) {
	return &v1alpha1.Repository{Repo: url}, nil
}

func applicationsCommand() *cobra.Command {
	var server string
	command := &cobra.Command{
		Use:   "applications FILE",
		Short: "print the Applications that the ApplicationSet of a file makes",
		Args:  cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, arguments []string) error {
			set, err := the[v1alpha1.ApplicationSet](arguments[0], "ApplicationSet")
			if err != nil {
				return err
			}
			projects, err := projectsOf(arguments[0])
			if err != nil {
				return err
			}
			made, err := applications(server, set, projects)
			if err != nil {
				return err
			}
			if len(made) == 0 {
				return errors.New("no Application")
			}
			for _, one := range made {
				one.APIVersion, one.Kind = "argoproj.io/v1alpha1", "Application"
				if err := put(one); err != nil {
					return err
				}
			}
			return nil
		},
	}
	command.Flags().StringVar(&server, "server", "", "address of the repo-server")
	return command
}

// applications are made by the ApplicationSet controller's own generators and templates.
func applications(server string, set *v1alpha1.ApplicationSet, projects client.Client) ([]v1alpha1.Application, error) {
	// As after a refresh: what was committed last is seen at once.
	set.Annotations = map[string]string{common.AnnotationApplicationSetRefresh: "true"}
	repos := services.NewArgoCDService(repositories{}, true, clients(server), false)
	terminal := map[string]generators.Generator{
		"List": generators.NewListGenerator(),
		"Git":  generators.NewGitGenerator(repos, namespace),
	}
	all := map[string]generators.Generator{"Matrix": generators.NewMatrixGenerator(terminal)}
	for name, generator := range terminal {
		all[name] = generator
	}
	made, _, err := template.GenerateApplications(log.NewEntry(log.StandardLogger()), *set, all, &utils.Render{}, projects)
	return made, err
}
