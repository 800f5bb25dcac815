#!/usr/bin/env bash
# The README's session against the cluster of KUBECONFIG: scripts/sample-session.sh
# Pods and a deployment run on the virtual node, are scaled, show their logs and go; ends 1 where something is not as the README says.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
kubectl=${KUBECTL:-kubectl}
[ $# -eq 0 ] || { echo "usage: [KUBECTL=…] scripts/sample-session.sh" >&2; exit 2; }
command -v "$kubectl" >/dev/null || { echo "sample-session: kubectl is missing" >&2; exit 3; }
k() { "$kubectl" "$@"; }
fail() { echo "sample-session: $1" >&2; k get nodes,pods -o wide >&2; k get events >&2 || true; exit 1; }
eventually() { # eventually WHAT COMMAND…: within two minutes
  local what=$1 until=$((SECONDS + 120))
  shift
  until "$@" >/dev/null 2>&1; do [ "$SECONDS" -lt "$until" ] || fail "$what"; sleep 1; done
}
no_pods() { [ -z "$(k get pods -l 'app in (hello, hello-pod)' -o name)" ]; }

k get nodes -l type=virtual-kubelet --no-headers | grep -q ' Ready ' || fail "the virtual node is not Ready"
k apply -f "$root/kind/samples/"
k rollout status deployment/hello --timeout=180s || fail "the deployment did not roll out"
k wait --for=condition=Ready pod/hello-pod --timeout=180s || fail "the pod did not become Ready"
k scale deployment hello --replicas=10
k rollout status deployment/hello --timeout=180s || fail "ten replicas did not roll out"
k get pods -o wide
addresses=$(k get pods -l 'app in (hello, hello-pod)' -o jsonpath='{range .items[*]}{.status.podIP}{"\n"}{end}' | sort -u | grep -c .)
[ "$addresses" -eq 11 ] || fail "11 pods have $addresses addresses between them"
eventually "the pod's log does not greet" sh -c "'$kubectl' logs hello-pod | grep -q 'hello from hello-pod, greeting: good morning'"
eventually "the deployment's log does not greet" sh -c "'$kubectl' logs deploy/hello | grep -q 'hello from hello-'"
# A followed log ends when its pod ends: what the workload says on its way out arrives.
followed=$(mktemp)
k logs -f hello-pod >"$followed" &
follower=$!
eventually "the followed log does not begin" grep -q "hello from hello-pod" "$followed"
k delete -f "$root/kind/samples/" --timeout=120s
wait "$follower" || fail "kubectl logs -f ended badly"
grep -q "asked to end" "$followed" || fail "the followed log lacks the workload's last words"
rm -f "$followed"
eventually "pods are left" no_pods
echo "The session went as the README says."
