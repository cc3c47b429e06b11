package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/argoproj/gitops-engine/pkg/utils/kube"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/client-go/kubernetes/fake"
	"sigs.k8s.io/controller-runtime/pkg/client"
	crfake "sigs.k8s.io/controller-runtime/pkg/client/fake"
	"sigs.k8s.io/yaml"

	"github.com/argoproj/argo-cd/v3/pkg/apis/application/v1alpha1"
	"github.com/argoproj/argo-cd/v3/util/settings"
)

// namespace is where Argo CD's own manifests put it.
const namespace = "argocd"

// objects reads a file of manifests; "-" is stdin.
func objects(path string) ([]*unstructured.Unstructured, error) {
	text, err := os.ReadFile(path)
	if path == "-" {
		text, err = io.ReadAll(os.Stdin)
	}
	if err != nil {
		return nil, err
	}
	return kube.SplitYAML(text)
}

// of gives the objects of a kind as what they are.
func of[T any](all []*unstructured.Unstructured, kind string) ([]T, error) {
	var found []T
	for _, object := range all {
		if object.GetKind() != kind {
			continue
		}
		var one T
		if err := runtime.DefaultUnstructuredConverter.FromUnstructured(object.Object, &one); err != nil {
			return nil, fmt.Errorf("%s %s: %w", kind, object.GetName(), err)
		}
		found = append(found, one)
	}
	return found, nil
}

// the one object of a kind in a file.
func the[T any](path, kind string) (*T, error) {
	all, err := objects(path)
	if err != nil {
		return nil, err
	}
	found, err := of[T](all, kind)
	if err != nil {
		return nil, err
	}
	if len(found) != 1 {
		return nil, fmt.Errorf("%s: %d objects of kind %s, one expected", path, len(found), kind)
	}
	return &found[0], nil
}

// settingsOf are Argo CD's settings, read by Argo CD from the ConfigMaps in a file.
func settingsOf(ctx context.Context, path string) (*settings.SettingsManager, error) {
	all, err := objects(path)
	if err != nil {
		return nil, err
	}
	maps, err := of[corev1.ConfigMap](all, "ConfigMap")
	if err != nil {
		return nil, err
	}
	secrets, err := of[corev1.Secret](all, "Secret")
	if err != nil {
		return nil, err
	}
	var there []runtime.Object
	for i := range maps {
		maps[i].Namespace = namespace
		there = append(there, &maps[i])
	}
	for i := range secrets {
		secrets[i].Namespace = namespace
		there = append(there, &secrets[i])
	}
	if len(there) == 0 {
		return nil, errors.New("no settings")
	}
	return settings.NewSettingsManager(ctx, fake.NewClientset(there...), namespace), nil
}

// projectsOf is a cluster that has a file's projects, and the one that every Argo CD has.
func projectsOf(path string) (client.Client, error) {
	all, err := objects(path)
	if err != nil {
		return nil, err
	}
	projects, err := of[v1alpha1.AppProject](all, "AppProject")
	if err != nil {
		return nil, err
	}
	scheme := runtime.NewScheme()
	if err := v1alpha1.AddToScheme(scheme); err != nil {
		return nil, err
	}
	builder := crfake.NewClientBuilder().WithScheme(scheme)
	for i := range projects {
		builder = builder.WithObjects(&projects[i])
	}
	return builder.Build(), nil
}

// put writes an object to stdout as one document of a stream.
func put(object any) error {
	text, err := yaml.Marshal(object)
	if err != nil {
		return err
	}
	_, err = io.Copy(os.Stdout, bytes.NewReader(append([]byte("---\n"), text...)))
	return err
}
