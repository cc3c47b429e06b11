// Program argocd is Argo CD's own repo-server and plugin server, and what asks them as Argo CD's controllers do, without
// a cluster: the settings come from a file of manifests, the manifests from a running repo-server.
package main

import (
	"os"

	"github.com/alicebob/miniredis/v2"
	log "github.com/sirupsen/logrus"
	"github.com/spf13/cobra"

	cmpserver "github.com/argoproj/argo-cd/v3/cmd/argocd-cmp-server/commands"
	reposerver "github.com/argoproj/argo-cd/v3/cmd/argocd-repo-server/commands"
)

func main() {
	root := &cobra.Command{Use: "argocd", SilenceUsage: true}
	root.AddCommand(repoServer(), cmpserver.NewCommand())
	for _, asks := range []*cobra.Command{manifestsCommand(), applicationsCommand(), healthCommand(), diffCommand()} {
		// Errors are returned and printed once.
		asks.PreRun = func(*cobra.Command, []string) { log.SetLevel(log.FatalLevel) }
		root.AddCommand(asks)
	}
	if root.Execute() != nil {
		os.Exit(1)
	}
}

// repoServer is the real one, with a Redis in the same process: without any, it cannot list a repository's branches.
func repoServer() *cobra.Command {
	command := reposerver.NewCommand()
	command.PreRunE = func(command *cobra.Command, _ []string) error {
		redis, err := miniredis.Run()
		if err != nil {
			return err
		}
		return command.Flags().Set("redis", redis.Addr())
	}
	return command
}
