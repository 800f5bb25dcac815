#!/usr/bin/env bash
# Tries, without an image registry, what kind/ holds: scripts/test-images.sh
#   config    Debian trixie's kind reads the cluster configuration, and refuses planted mistakes
#   images    they are built on a base made by debootstrap; each program runs in its image, not as root
#   manifests a real API server takes them; kindnet and kube-proxy, patched, stay off the virtual node
#   session   the provider's image, with the rights of the manifests alone, and the hosts' image run the README's session:
#             a real control plane, moto for EC2, each agent reached at its instance's private address on a docker network
# Uses the docker that answers, else one of its own (root). Ends 1 when something is not so, 3 when something is missing.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
. "$root/scripts/kind-lib.sh"
. "$root/scripts/docker-daemon.sh"
[ $# -eq 0 ] || { echo "usage: scripts/test-images.sh" >&2; exit 2; }
work=$(mktemp -d "${TMPDIR:-/tmp}/harness-images.XXXXXX")
mark=$(basename "$work" | tr '[:upper:].' '[:lower:]-')
network=$mark
passed=0
moto_pid=
say() { echo "$*" >&2; }
fail() { say "FAILED: $1"; [ -z "${2:-}" ] || tail -30 "$2" >&2; exit 1; }
pass() { passed=$((passed + 1)); say "ok: $1"; }
eventually() { # eventually SECONDS WHAT COMMAND…
  local until=$((SECONDS + $1)) what=$2
  shift 2
  until "$@" >"$work/try.log" 2>&1; do [ "$SECONDS" -lt "$until" ] || fail "$what" "$work/try.log"; sleep 0.5; done
}

clean_up() {
  local status=$? container
  trap - EXIT
  set +e
  if [ "$status" -ne 0 ]; then
    for container in $(docker ps --all --quiet --filter "label=harness-test=$mark" 2>/dev/null); do
      say "── the end of container $(docker inspect -f '{{.Name}}' "$container"):"
      docker logs --tail 20 "$container" >&2
    done
  fi
  for container in $(docker ps --all --quiet --filter "label=harness-test=$mark" 2>/dev/null); do docker rm --force --volumes "$container" >/dev/null; done
  docker network rm "$network" >/dev/null 2>&1
  for image in provider agent simulator base; do docker image rm "harness/$image:$mark" >/dev/null 2>&1; done
  end_docker "$work/docker"
  [ -z "$moto_pid" ] || { kill "$moto_pid" && wait "$moto_pid"; } 2>/dev/null
  [ ! -d "$work/sim" ] || "$programs/simulator/sim" down --dir "$work/sim" >/dev/null
  rm -rf "$work"
  exit "$status"
}

run_container() { docker run --label "harness-test=$mark" --read-only --tmpfs /tmp --cap-drop ALL "$@"; }

# ── config ──
kind_refuses() { # kind_refuses EXPECTED SED_EXPRESSION: the configuration with a planted mistake ends before any image is asked for
  sed -E "$2" "$root/kind/cluster.yaml" >"$work/planted.yaml"
  ! cmp -s "$work/planted.yaml" "$root/kind/cluster.yaml" || fail "the mistake '$2' was not planted"
  ! "$kind" create cluster --name "$mark" --config "$work/planted.yaml" --kubeconfig "$work/kind.kubeconfig" --image harness.invalid/none:1 >"$work/kind.log" 2>&1 ||
    fail "kind took $2"
  grep -q "$1" "$work/kind.log" && ! grep -q "node image" "$work/kind.log" || fail "kind did not say '$1' of the mistake '$2'" "$work/kind.log"
  pass "kind refuses: $(grep ERROR "$work/kind.log" | tail -1 | cut -c1-120)"
}

test_config() {
  # A node image that no one has: what kind says of it comes after the whole configuration was read and found good.
  ! "$kind" create cluster --name "$mark" --config "$root/kind/cluster.yaml" --kubeconfig "$work/kind.kubeconfig" --image harness.invalid/none:1 >"$work/kind.log" 2>&1 ||
    fail "kind made a cluster of no image"
  grep -q 'failed to pull image "harness.invalid/none:1"' "$work/kind.log" || fail "kind does not take kind/cluster.yaml" "$work/kind.log"
  pass "$("$kind" version | cut -d' ' -f1,2) takes kind/cluster.yaml"
  kind_refuses "not found in type" 's/^nodes:/nods:/'
  kind_refuses "is not a valid node role" 's/role: control-plane/role: contrl-plane/'
  kind_refuses "invalid pod subnet" 's/podSubnet: .*/podSubnet: 10.244.0.0\/66/'
}

# ── images ──
is_serving() { # is_serving ADDRESS:PORT: the agent's own health answer, by Debian's grpcio
  timeout 20 /usr/bin/python3 - "$1" <<'PY'
import sys, grpc
check = grpc.insecure_channel(sys.argv[1]).unary_unary("/grpc.health.v1.Health/Check")
answer = check(b"", timeout=15, wait_for_ready=True)
sys.exit(0 if answer == b"\x08\x01" else f"health is {answer!r}")
PY
}

address_of() { docker inspect "$1" --format "{{(index .NetworkSettings.Networks \"$network\").IPAddress}}"; }

test_images() {
  local image
  for image in provider agent simulator; do
    run_container --rm --network none "harness/$image:$mark" --version >"$work/version.log" 2>&1 || fail "harness/$image does not run" "$work/version.log"
    [ "$(docker inspect "harness/$image:$mark" --format '{{.Config.User}}')" = 65532:65532 ] || fail "harness/$image runs as another user"
    pass "harness/$image runs as 65532 on a read-only root: $(cut -d+ -f1 "$work/version.log"), $(($(docker inspect "harness/$image:$mark" --format '{{.Size}}') / 1000000 - base_megabytes)) MB above its base"
  done
  run_container --rm --network none --volume "$root/kind/manifests/core:/etc/config:ro" "harness/provider:$mark" check-config >"$work/check.log" 2>&1 ||
    fail "the provider does not take kind/manifests/core/config.json" "$work/check.log"
  ! grep -q warning "$work/check.log" || fail "kind/manifests/core/config.json has keys that are not known" "$work/check.log"
  pass "the provider takes kind/manifests/core/config.json"
  run_container --detach --name "$mark-agent" --network "$network" --tmpfs /var/lib/vkvm-agent:uid=65532,mode=700 "harness/agent:$mark" >/dev/null
  eventually 60 "the agent's container does not answer" is_serving "$(address_of "$mark-agent"):$agent_port"
  [ "$(docker top "$mark-agent" -eo pid,uid,comm | awk '/vkvm-agent/ { print $2 }' | sort -u)" = 65532 ] || fail "the agent does not run as 65532"
  docker rm --force --volumes "$mark-agent" >/dev/null
  pass "an agent answers health checks in a container"
  run_container --rm --network none "harness/simulator:$mark" hosts --ec2-endpoint http://127.0.0.1:1 >"$work/hosts.log" 2>&1 && fail "hosts ran without its capability"
  grep -q NET_ADMIN "$work/hosts.log" || fail "hosts does not say which capability it lacks" "$work/hosts.log"
  pass "hosts says which capability it lacks"
}

# ── manifests ──
k() { kubectl --kubeconfig "$work/sim/kubeconfig" "$@"; }

daemon_set() { # daemon_set NAME: as kind's own of that name, it tolerates every taint
  cat <<YAML
apiVersion: apps/v1
kind: DaemonSet
metadata: { name: $1, namespace: kube-system }
spec:
  selector: { matchLabels: { app: $1 } }
  template:
    metadata: { labels: { app: $1 } }
    spec:
      tolerations: [{ operator: Exists }]
      containers: [{ name: $1, image: "example.invalid/$1" }]
YAML
}

desired_is() { [ "$(k -n kube-system get daemonset "$1" -o 'jsonpath={.status.observedGeneration}/{.status.desiredNumberScheduled}')" = "$2" ]; }

test_manifests() {
  local name program
  for program in "$root/.tools/kubernetes-client/usr/bin/kubectl" "$(command -v kubectl)"; do
    for name in --dry-run=server --dry-run=none; do
      "$program" --kubeconfig "$work/sim/kubeconfig" apply "$name" -k "$root/kind/manifests/overlays/1.20" >"$work/apply.log" 2>&1 ||
        fail "the API server does not take the manifests ($program apply $name)" "$work/apply.log"
    done
  done
  k apply -k "$work/overlay" >"$work/apply.log" 2>&1 || fail "the API server did not take the manifests with a cluster's own configuration" "$work/apply.log"
  k apply --dry-run=server -f "$root/kind/manifests/roles" >"$work/apply.log" 2>&1 || fail "the API server would not take the opt-in roles" "$work/apply.log"
  pass "$(k version -o json | /usr/bin/python3 -c 'import json, sys; print(json.load(sys.stdin)["serverVersion"]["gitVersion"])') takes manifests/overlays/1.20 of two kubectls, and would take the opt-in roles"
  for name in kindnet kube-proxy; do
    daemon_set "$name" | k apply -f - >"$work/apply.log" 2>&1 || fail "no DaemonSet $name" "$work/apply.log"
    eventually 60 "a DaemonSet that tolerates all was not to come to the virtual node" desired_is "$name" 1/1
    k -n kube-system patch daemonset "$name" --patch "$(cat "$root/kind/patches/$name.yaml")" >"$work/apply.log" 2>&1 || fail "the patch of $name is refused" "$work/apply.log"
    eventually 60 "$name, patched, still wants to come to the virtual node" desired_is "$name" 2/0
    k -n kube-system delete daemonset "$name" --timeout=60s >/dev/null
    pass "$name, patched, stays off the virtual node; unpatched it would not"
  done
  eventually 60 "the provider's own pod does not wait for a real node" provider_pod_waits
  pass "the provider's pod waits for a real node"
}

provider_pod_waits() {
  [ "$(k -n virtual-kubelet get pod virtual-kubelet-0 -o 'jsonpath={.status.conditions[?(@.type=="PodScheduled")].reason}/{.spec.nodeName}')" = Unschedulable/ ]
}

# ── session ──
ec2() { aws --endpoint-url "$endpoint" ec2 "$@"; }

start_control_plane() {
  say "Starting a control plane …"
  "$programs/simulator/sim" up --detach --dir "$work/sim" --cluster processes --timeout 180s >"$work/sim.log" 2>&1 || fail "no control plane" "$work/sim.log"
  # Its own virtual node takes no pods: the one to come is that of the provider's image.
  own_node=$(k get nodes -l type=virtual-kubelet -o 'jsonpath={.items[0].metadata.name}')
  k cordon "$own_node" >/dev/null
}

start_cloud() {
  gateway=$(docker network inspect "$network" --format '{{(index .IPAM.Config 0).Gateway}}')
  endpoint=http://$gateway:$moto_port
  "$root/scripts/moto.sh" run "$gateway" "$moto_port" >"$work/moto.log" 2>&1 &
  moto_pid=$!
  eventually 120 "moto does not answer" ec2 describe-vpcs
  make_cloud "$(ipv4_subnet "$network")"
}

# The provider as the StatefulSet runs it: its image, arguments and rights; a token of its service account where a pod has it.
start_provider() {
  local account=$work/account server
  mkdir -p "$account" "$work/config"
  server=$(k config view --raw -o 'jsonpath={.clusters[0].cluster.server}')
  k config view --raw -o 'jsonpath={.clusters[0].cluster.certificate-authority-data}' | base64 -d >"$account/ca.crt"
  echo '{"kind":"TokenRequest","apiVersion":"authentication.k8s.io/v1","spec":{}}' |
    k create --raw /api/v1/namespaces/virtual-kubelet/serviceaccounts/virtual-kubelet-sa/token -f - |
    /usr/bin/python3 -c 'import json, sys; print(json.load(sys.stdin)["status"]["token"], end="")' >"$account/token"
  echo -n virtual-kubelet >"$account/namespace"
  k -n virtual-kubelet get configmap virtual-kubelet-config -o 'jsonpath={.data.config\.json}' >"$work/config/config.json"
  k -n virtual-kubelet get configmap virtual-kubelet-aws -o go-template='{{range $name, $value := .data}}{{$name}}={{$value}}{{"\n"}}{{end}}' >"$work/aws.env"
  chmod -R a+rX "$work/account" "$work/config"
  run_container --detach --name "$mark-provider" --network host --security-opt no-new-privileges \
    --volume "$account:/var/run/secrets/kubernetes.io/serviceaccount:ro" --volume "$work/config:/etc/config:ro" --env-file "$work/aws.env" \
    --env "KUBERNETES_SERVICE_HOST=$(sed -E 's#https://(.*):.*#\1#' <<<"$server")" --env "KUBERNETES_SERVICE_PORT=${server##*:}" --env POD_NAME=virtual-kubelet-0 \
    "harness/provider:$mark" run --config=/etc/config/config.json "--node-ip=$gateway" --kubelet-port=0 "--metrics-address=$gateway:0" --log-format=json >/dev/null
  eventually 120 "the node of the provider's image is not Ready" new_node_is_ready
}

new_node_is_ready() { k get nodes -l type=virtual-kubelet --no-headers | grep -v "^$own_node " | grep -q ' Ready '; }

start_hosts() {
  run_container --detach --name "$mark-hosts" --network "$network" --cap-add NET_ADMIN --tmpfs /var/lib/sim:uid=65532,mode=700,exec \
    --env AWS_ACCESS_KEY_ID --env AWS_SECRET_ACCESS_KEY "harness/simulator:$mark" \
    hosts --ec2-endpoint "$endpoint" --region "$AWS_REGION" --interface eth0 --agent-port "$agent_port" >/dev/null
}

live_instances() { ec2 describe-instances --filters Name=instance-state-name,Values=pending,running --query 'Reservations[].Instances[].PrivateIpAddress' --output text; }
no_instances() { [ -z "$(live_instances)" ]; }
host_addresses() { docker exec "$mark-hosts" ip -4 -br addr show dev eth0; }
only_its_own_address() { [ "$(host_addresses | grep -o '[0-9.]*/' | wc -l)" -eq 1 ]; }

test_session() {
  local pod address
  pod=$root/kind/samples/pod.yaml
  k apply -f "$pod" >/dev/null
  k wait --for=condition=Ready pod/hello-pod --timeout=180s >"$work/try.log" 2>&1 || fail "the first pod does not become Ready" "$work/try.log"
  address=$(k get pod hello-pod -o 'jsonpath={.status.podIP}')
  [ "$(live_instances)" = "$address" ] || fail "EC2 has $(live_instances), the pod $address"
  [[ $address == "$(instance_subnet "$(ipv4_subnet "$network")" | cut -d. -f1-3)".* ]] || fail "$address is not in the subnet carved from $(ipv4_subnet "$network")"
  is_serving "$address:$agent_port" || fail "no agent answers at $address:$agent_port"
  docker top "$mark-hosts" -eo pid,uid,comm | awk 'NR > 1 { print $2 }' | grep -qvx 65532 && fail "something in the hosts' container does not run as 65532"
  pass "the hosts' container has the instance's address $address and its agent answers there"
  k delete -f "$pod" --timeout=120s >/dev/null
  KUBECONFIG=$work/sim/kubeconfig "$root/scripts/sample-session.sh" >"$work/session.log" 2>&1 || fail "the sample session" "$work/session.log"
  eventually 120 "instances are left" no_instances
  eventually 60 "the hosts' container kept an instance's address" only_its_own_address
  pass "the README's session on a real control plane, by the images and the manifests' rights alone; no instance and no address is left"
  docker stop -t 30 "$mark-provider" "$mark-hosts" >/dev/null
  [ "$(docker inspect --format '{{.State.ExitCode}}' "$mark-provider" "$mark-hosts" | sort -u)" = 0 ] || fail "a container ended badly when asked to stop"
  pass "provider and hosts end cleanly on SIGTERM"
}

free_port() { /usr/bin/python3 -c 'import socket; s = socket.socket(); s.bind(("", 0)); print(s.getsockname()[1])'; }

trap clean_up EXIT
command -v kubectl >/dev/null || { say "test-images: kubectl 1.21 or later is missing"; exit 3; }
"$root/scripts/setup-peers" python aws kubectl >&2
kind=$("$root/scripts/kind-tools.sh" kind)
base=$("$root/scripts/kind-tools.sh" base)
"$root/scripts/moto.sh" >/dev/null
"$root/scripts/control-plane.sh" >/dev/null
use_docker "$work/docker"
test_config
docker import "$base" "harness/base:$mark" >/dev/null
base_megabytes=$(($(docker inspect "harness/base:$mark" --format '{{.Size}}') / 1000000))
programs=$("$root/scripts/images.sh" --publish-only)
"$root/scripts/images.sh" --tag "$mark" --base "harness/base:$mark" >/dev/null
docker network create "$network" >/dev/null
test_images
start_control_plane
moto_port=$(free_port)
start_cloud
write_overlay "$work/overlay" 1.20 "$endpoint"
sed -i "\$a images: [{ name: harness/provider, newTag: $mark }]" "$work/overlay/kustomization.yaml"
test_manifests
start_provider
start_hosts
test_session
say "$passed checks passed"
