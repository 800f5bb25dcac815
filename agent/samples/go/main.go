// The smallest useful agent, in Go: runs the command of the one container of the one pod that it is given.
// Usage: agent ADDRESS PORT STATE_FOLDER      (port 0: any free one; the first line of output says which)
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net"
	"os"
	"os/signal"
	"syscall"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

// Sends the value, and again whenever it has changed, until the call ends.
func (a *agent) watch(ctx context.Context, send func([]byte) error, value func() []byte) error {
	var seen []byte
	for {
		a.Lock()
		now, changed := value(), a.changed
		a.Unlock()
		if !bytes.Equal(now, seen) {
			if err := send(now); err != nil {
				return err
			}
			seen = now
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-changed:
		}
	}
}

func (a *agent) health(request []byte, unknown string) []byte {
	var asked struct{ Service string }
	json.Unmarshal(request, &asked)
	said := map[bool]string{false: "SERVING", true: "NOT_SERVING"}[a.draining]
	if asked.Service != "" && asked.Service != "vkvmagent.v0.ApplicationLifecycle" {
		said = unknown
	}
	return []byte(`{"status":"` + said + `"}`)
}

func main() {
	a := &agent{folder: os.Args[3], phase: "Pending", status: []byte(`{"podStatus":{"phase":"Pending"}}`), uids: map[string]bool{}, changed: make(chan struct{})}
	messages, err := loadMessages()
	if err == nil {
		err = os.MkdirAll(a.folder, 0o755)
	}
	listener, listening := net.Listen("tcp", os.Args[1]+":"+os.Args[2])
	if err != nil || listening != nil {
		fmt.Fprintln(os.Stderr, "agent:", err, listening)
		os.Exit(3)
	}
	a.recover()
	current := func() []byte { return a.status }
	server := grpc.NewServer()
	messages.serve(server, "vkvmagent.v0.ApplicationLifecycle", map[string]method{
		"LaunchApplication":    a.launch,
		"TerminateApplication": a.terminate,
		"CheckApplicationHealth": func(_ context.Context, _ []byte, send func([]byte) error) error {
			a.Lock()
			defer a.Unlock()
			return send(a.status)
		},
		"WatchApplicationHealth": func(ctx context.Context, _ []byte, send func([]byte) error) error { return a.watch(ctx, send, current) },
	})
	messages.serve(server, "grpc.health.v1.Health", map[string]method{
		"Check": func(_ context.Context, request []byte, send func([]byte) error) error {
			if answer := a.health(request, ""); !bytes.Contains(answer, []byte(`""`)) {
				return send(answer)
			}
			return status.Error(codes.NotFound, "no such service")
		},
		"Watch": func(ctx context.Context, request []byte, send func([]byte) error) error {
			return a.watch(ctx, send, func() []byte { return a.health(request, "SERVICE_UNKNOWN") })
		},
	})
	fmt.Println("serving on", listener.Addr())
	stopping := make(chan os.Signal, 1)
	signal.Notify(stopping, syscall.SIGTERM, syscall.SIGINT)
	go server.Serve(listener)
	<-stopping
	a.Lock()
	a.draining = true
	a.tell()
	a.Unlock()
	a.end(10 * time.Second)
	for until := time.Now().Add(12 * time.Second); a.isActive() && time.Now().Before(until); {
		time.Sleep(50 * time.Millisecond)
	}
	time.Sleep(200 * time.Millisecond) // the watches send the end
	server.Stop()
}

func (a *agent) isActive() bool {
	a.Lock()
	defer a.Unlock()
	return a.active()
}
