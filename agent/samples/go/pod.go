package main

import (
	"bytes"
	"encoding/json"
	"strings"
)

type object = map[string]any

// Pod is what this agent honours, or may pass over; anything else that is set in a pod is refused by name (L-10).
type Pod struct {
	Metadata struct{ UID, Name string }
	Spec     struct {
		Containers []struct {
			Name, Image, WorkingDir                          string
			Command, Args                                    []string
			Env                                              []struct{ Name, Value string }
			Ports, Resources, VolumeMounts, ImagePullPolicy  any
			TerminationMessagePath, TerminationMessagePolicy any
		}
		Volumes []struct {
			Name         string
			VolumeSource any
		}
		RestartPolicy, TerminationGracePeriodSeconds                           string
		NodeName, ServiceAccountName, ServiceAccount, DNSPolicy, SchedulerName any
		Tolerations, NodeSelector, Affinity, Priority, PriorityClassName       any
		PreemptionPolicy, EnableServiceLinks, ImagePullSecrets                 any
	}
}

func refusal(request []byte, pod *Pod) string {
	var whole struct {
		Pod struct{ Metadata, Spec object }
	}
	json.Unmarshal(request, &whole)
	metadata, _ := json.Marshal(whole.Pod.Metadata)
	json.Unmarshal(metadata, &pod.Metadata)
	spec, _ := json.Marshal(set(whole.Pod.Spec))
	strict := json.NewDecoder(bytes.NewReader(spec))
	strict.DisallowUnknownFields()
	if err := strict.Decode(&pod.Spec); err != nil {
		return "spec: not supported by this agent: " + err.Error()
	}
	if pod.Metadata.UID == "" || pod.Metadata.Name == "" || len(pod.Spec.Containers) != 1 || len(pod.Spec.Containers[0].Command) == 0 {
		return "metadata.uid, metadata.name and one container are needed, with a command: this agent has no images"
	}
	for _, volume := range pod.Spec.Volumes {
		if !strings.HasPrefix(volume.Name, "kube-api-access-") {
			return "spec.volumes: not supported by this agent"
		}
	}
	return ""
}

// What is set: without false, 0, "", and what is empty. An explicit grace period of 0 is a string here, and stays.
func set(value any) any {
	switch v := value.(type) {
	case object:
		for name, part := range v {
			if v[name] = set(part); v[name] == nil {
				delete(v, name)
			}
		}
		if len(v) == 0 {
			return nil
		}
	case []any:
		for i := range v {
			v[i] = set(v[i])
		}
		if len(v) == 0 {
			return nil
		}
	case nil, bool, float64, string:
		if v == nil || v == false || v == 0.0 || v == "" {
			return nil
		}
	}
	return value
}
