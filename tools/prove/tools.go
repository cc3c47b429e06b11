//go:build tools

// Package tools names the programs that this module pins; nothing imports it.
package tools

import (
	_ "go.universe.tf/metallb/controller"
	_ "go.universe.tf/metallb/speaker"
	_ "k8s.io/kubernetes/cmd/kube-apiserver"
)
