package main

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"
)

// The one application. The lock guards everything; changed is closed, and replaced, at each change.
type agent struct {
	sync.Mutex
	folder, phase    string
	uids             map[string]bool
	request, status  []byte
	pod              *Pod
	changed          chan struct{}
	process          *os.Process
	since            int64
	restarts         int
	ending, draining bool
}

func (a *agent) active() bool { return a.pod != nil && (a.phase == "Pending" || a.phase == "Running") }

func (a *agent) tell() {
	close(a.changed)
	a.changed = make(chan struct{})
}

// A new status; the lock is held. It is on disk before anyone sees it.
func (a *agent) publish(phase, state string, facts object) error {
	container, ready, now := a.pod.Spec.Containers[0], state == "running", object{"seconds": time.Now().Unix()}
	if state != "waiting" {
		facts["startedAt"] = now
		if a.since != 0 {
			facts["startedAt"] = object{"seconds": a.since}
		}
	}
	if state == "terminated" {
		facts["finishedAt"] = now
	}
	conditions := []object{}
	for _, kind := range []string{"PodScheduled", "Initialized", "ContainersReady", "Ready"} {
		holds := ready || !strings.HasSuffix(kind, "Ready")
		conditions = append(conditions, object{"type": kind, "status": map[bool]string{true: "True", false: "False"}[holds]})
	}
	told, _ := json.Marshal(object{"podStatus": object{"phase": phase, "conditions": conditions, "containerStatuses": []object{{
		"name": container.Name, "image": container.Image, "ready": ready, "restartCount": a.restarts, "state": object{state: facts}}}}})
	saved, _ := json.Marshal(object{"Request": a.request, "Status": told, "Phase": phase, "Since": a.since})
	file := filepath.Join(a.folder, "pod.json")
	if err := os.WriteFile(file+".new", saved, 0o600); err != nil {
		return err
	}
	if err := os.Rename(file+".new", file); err != nil {
		return err
	}
	a.status, a.phase = told, phase
	a.tell()
	return nil
}

// After a restart: the truth about the pod there was. What is left of its processes is ended.
func (a *agent) recover() {
	var saved struct {
		Request, Status []byte
		Phase           string
		Since           int64
	}
	text, err := os.ReadFile(filepath.Join(a.folder, "pod.json"))
	if err != nil || json.Unmarshal(text, &saved) != nil {
		return
	}
	a.pod, a.request, a.status, a.phase, a.since = &Pod{}, saved.Request, saved.Status, saved.Phase, saved.Since
	refusal(a.request, a.pod)
	a.uids[a.pod.Metadata.UID] = true
	processes, _ := filepath.Glob("/proc/[0-9]*/environ")
	for _, process := range processes {
		variables, _ := os.ReadFile(process)
		if strings.Contains("\x00"+string(variables), "\x00VKVM_POD_UID="+a.pod.Metadata.UID+"\x00") {
			id, _ := strconv.Atoi(strings.Split(process, "/")[2])
			syscall.Kill(id, syscall.SIGKILL)
		}
	}
	if a.active() {
		a.publish("Failed", "terminated", object{"exitCode": 137, "reason": "AgentRestarted", "message": "the agent was killed"})
	}
}

func (a *agent) launch(_ context.Context, request []byte, send func([]byte) error) error {
	pod := &Pod{}
	if problem := refusal(request, pod); problem != "" {
		return status.Error(codes.InvalidArgument, problem)
	}
	a.Lock()
	defer a.Unlock()
	if !a.uids[pod.Metadata.UID] {
		if a.active() {
			return status.Error(codes.AlreadyExists, "the pod "+a.pod.Metadata.UID+" is active on this agent")
		}
		pod0, request0, since0 := a.pod, a.request, a.since
		a.pod, a.request, a.process, a.since, a.restarts, a.ending = pod, request, nil, 0, 0, false
		if err := a.publish("Pending", "waiting", object{"reason": "ContainerCreating"}); err != nil {
			a.pod, a.request, a.since = pod0, request0, since0
			return status.Error(codes.ResourceExhausted, "the pod cannot be written down: "+err.Error())
		}
		a.uids[pod.Metadata.UID] = true
		go a.run()
	}
	return send([]byte("{}"))
}

func (a *agent) terminate(ctx context.Context, _ []byte, send func([]byte) error) error {
	a.Lock()
	given := "30"
	if a.pod != nil && a.pod.Spec.TerminationGracePeriodSeconds != "" {
		given = a.pod.Spec.TerminationGracePeriodSeconds
	}
	a.Unlock()
	if headers, _ := metadata.FromIncomingContext(ctx); len(headers.Get("vkvm-grace-period-seconds")) > 0 {
		given = headers.Get("vkvm-grace-period-seconds")[0]
	}
	seconds, err := strconv.ParseUint(given, 10, 31)
	if err != nil {
		return status.Error(codes.InvalidArgument, "vkvm-grace-period-seconds: \""+given+"\" is not a whole number of seconds")
	}
	a.end(time.Duration(seconds) * time.Second)
	return send([]byte("{}"))
}

func (a *agent) end(grace time.Duration) {
	a.Lock()
	defer a.Unlock()
	if !a.active() {
		return
	}
	a.ending = true
	a.tell()
	if process := a.process; process != nil {
		process.Signal(syscall.SIGTERM)
		time.AfterFunc(grace, func() {
			a.Lock()
			defer a.Unlock()
			if a.process == process {
				syscall.Kill(-process.Pid, syscall.SIGKILL)
			}
		})
	}
}
