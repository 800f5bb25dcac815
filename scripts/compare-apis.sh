#!/usr/bin/env bash
# Plays the recorded set of API requests against a real API server and the embedded one: scripts/compare-apis.sh [chapter…]
# Writes docs/api-comparison.md and .json, and the real server's answers, which `make test` compares the embedded one with. The real etcd and
# kube-apiserver come from scripts/control-plane.sh. Ends 1 when a difference has no reason or is a defect, 3 when there is no real server.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
control_plane=$("$root/scripts/control-plane.sh") || exit 3
comparison=simulator/Harness.Simulator.Kubernetes.Comparison
if [ $# -eq 0 ]; then
  set -- --report "$root/docs"
fi
run_program "$comparison" compare-apis --control-plane "$control_plane" --record "$root/$comparison/recordings" "$@"
