package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"time"
)

// Runs the container, again where the restart policy says so, until its end.
func (a *agent) run() {
	a.Lock()
	defer a.Unlock()
	for {
		code, reason, text := 137, "Error", "ended before it was started"
		if !a.ending {
			command, err := a.start()
			if err != nil {
				code, reason, text = 127, "ContainerCannotRun", err.Error()
			} else {
				a.Unlock()
				command.Wait()
				syscall.Kill(-command.Process.Pid, syscall.SIGKILL) // what is left of its group
				a.Lock()
				code, reason, text = command.ProcessState.ExitCode(), "Completed", ""
				if ended := command.ProcessState.Sys().(syscall.WaitStatus); ended.Signaled() {
					code = 128 + int(ended.Signal())
				}
				if a.process = nil; code != 0 {
					reason = "Error"
				}
			}
		}
		policy := a.pod.Spec.RestartPolicy
		if a.ending || policy == "Never" || policy == "OnFailure" && code == 0 {
			phase := map[bool]string{true: "Succeeded", false: "Failed"}[code == 0]
			a.publish(phase, "terminated", object{"exitCode": code, "reason": reason, "message": text})
			return
		}
		a.publish("Running", "waiting", object{"reason": "CrashLoopBackOff", "message": fmt.Sprint(reason, ": exit code ", code, " ", text)})
		for again := time.After(min(10<<a.restarts, 300)); again != nil && !a.ending; {
			changed := a.changed
			a.Unlock()
			select {
			case <-changed:
			case <-again:
				again = nil
			}
			a.Lock()
		}
		a.restarts++
	}
}

func min(seconds, most int) time.Duration {
	if seconds <= 0 || seconds > most {
		seconds = most
	}
	return time.Duration(seconds) * time.Second
}

func (a *agent) start() (*exec.Cmd, error) {
	container := a.pod.Spec.Containers[0]
	line := append(append([]string{}, container.Command...), container.Args...)
	output, err := os.OpenFile(filepath.Join(a.folder, "output.log"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, err
	}
	defer output.Close()
	command := exec.Command(line[0], line[1:]...)
	command.Stdout, command.Stderr, command.SysProcAttr = output, output, &syscall.SysProcAttr{Setsid: true}
	if command.Dir = container.WorkingDir; command.Dir == "" {
		command.Dir = a.folder
	}
	command.Env = []string{"PATH=/usr/local/bin:/usr/bin:/bin", "HOME=" + a.folder, "HOSTNAME=" + a.pod.Metadata.Name, "VKVM_POD_UID=" + a.pod.Metadata.UID}
	for _, variable := range container.Env {
		command.Env = append(command.Env, variable.Name+"="+variable.Value)
	}
	if err := command.Start(); err != nil {
		return nil, err
	}
	a.process, a.since = command.Process, time.Now().Unix()
	return command, a.publish("Running", "running", object{})
}
