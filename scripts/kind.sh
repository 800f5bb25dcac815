#!/usr/bin/env bash
# A kind cluster with the provider in it, LocalStack for EC2 and a container that is the instances:
#   scripts/kind.sh up|down
# "up" builds the images, makes all of it, waits for the virtual node and leaves .kind/kubeconfig; "down" removes what "up" made (not images
# that docker pulled). LOCALSTACK_IMAGE and LOCALSTACK_AUTH_TOKEN choose LocalStack, KIND_NODE_IMAGE the Kubernetes.
# Ends 3, saying what is missing, when docker, kind, kubectl or the .NET SDK is not there.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
. "$root/scripts/kind-lib.sh"
cluster=harness
network=${KIND_EXPERIMENTAL_DOCKER_NETWORK:-kind}
state=$root/.kind
export KUBECONFIG=$state/kubeconfig
localstack=$cluster-localstack
hosts=$cluster-hosts
localstack_image=${LOCALSTACK_IMAGE:-localstack/localstack:4.14.0}
step() { echo "── $*" >&2; }

need() { # need TOOL… : says all that is missing at once
  local tool missing=
  for tool in "$@"; do
    case $tool in
      docker)
        if ! command -v docker >/dev/null; then missing+="  docker: https://docs.docker.com/engine/install"$'\n'
        elif ! docker info >/dev/null 2>&1; then missing+="  docker is installed but does not answer: start it, or set DOCKER_HOST to where it is"$'\n'; fi ;;
      kind) command -v kind >/dev/null || missing+="  kind 0.27 or later: https://kind.sigs.k8s.io/docs/user/quick-start/#installation (Debian 13: apt-get install kind)"$'\n' ;;
      kubectl) command -v kubectl >/dev/null || missing+="  kubectl 1.21 or later: https://kubernetes.io/docs/tasks/tools"$'\n' ;;
      dotnet) command -v dotnet >/dev/null || missing+="  the .NET 10 SDK: https://dotnet.microsoft.com/download/dotnet/10.0"$'\n' ;;
    esac
  done
  [ -z "$missing" ] || { printf 'kind.sh: this machine lacks\n%s' "$missing" >&2; exit 3; }
}

ec2() { docker exec "$localstack" awslocal ec2 "$@"; }

wait_for() { # wait_for SECONDS WHAT COMMAND…
  local until=$((SECONDS + $1)) what=$2
  shift 2
  until "$@" >/dev/null 2>&1; do
    [ "$SECONDS" -lt "$until" ] || { echo "kind.sh: waited long enough for $what" >&2; return 1; }
    sleep 1
  done
}

start_localstack() {
  step "LocalStack ($localstack_image)"
  docker run --detach --name "$localstack" --network "$network" --env SERVICES=ec2,s3,sts,iam --env LOCALSTACK_AUTH_TOKEN \
    --env AWS_DEFAULT_REGION="$AWS_REGION" "$localstack_image" >/dev/null
  wait_for 120 "LocalStack" docker exec "$localstack" awslocal ec2 describe-vpcs || { docker logs --tail 20 "$localstack" >&2; exit 1; }
}

start_hosts() {
  step "instance hosts"
  docker run --detach --name "$hosts" --network "$network" --cap-drop ALL --cap-add NET_ADMIN \
    --env AWS_ACCESS_KEY_ID --env AWS_SECRET_ACCESS_KEY harness/simulator:dev \
    hosts --ec2-endpoint "$1" --region "$AWS_REGION" --interface eth0 --agent-port "$agent_port" >/dev/null
}

virtual_node_is_ready() { kubectl get nodes -l type=virtual-kubelet --no-headers | grep -q ' Ready '; }

up() {
  need docker kind kubectl dotnet
  ! kind get clusters 2>/dev/null | grep -qx "$cluster" || { echo "kind.sh: the cluster $cluster is there already; make kind-down removes it" >&2; exit 1; }
  mkdir -p "$state"
  docker network inspect "$network" >/dev/null 2>&1 || touch "$state/made-network"
  set -E
  trap 'echo "kind.sh: not finished; make kind-down removes what is there so far" >&2' ERR
  "$root/scripts/images.sh" --tag dev
  step "cluster"
  kind create cluster --config "$root/kind/cluster.yaml" ${KIND_NODE_IMAGE:+--image "$KIND_NODE_IMAGE"} --wait 180s
  kind load docker-image harness/provider:dev --name "$cluster"
  local daemon_set range endpoint
  for daemon_set in kindnet kube-proxy; do
    kubectl -n kube-system patch daemonset "$daemon_set" --patch "$(cat "$root/kind/patches/$daemon_set.yaml")"
  done
  start_localstack
  range=$(ipv4_subnet "$network")
  make_cloud "$range"
  endpoint=http://$(docker inspect "$localstack" --format "{{(index .NetworkSettings.Networks \"$network\").IPAddress}}"):4566
  start_hosts "$endpoint"
  step "provider"
  write_overlay "$state/overlay" kind "$endpoint"
  kubectl apply -k "$state/overlay"
  kubectl -n virtual-kubelet rollout status statefulset virtual-kubelet --timeout 120s
  wait_for 120 "the virtual node to be Ready" virtual_node_is_ready
  kubectl get nodes -o wide
  cat <<TEXT

Ready. Instances get addresses of $(instance_subnet "$range").
  export KUBECONFIG=$KUBECONFIG
  kubectl apply -f kind/samples/
  docker exec $localstack awslocal ec2 describe-instances
  make kind-down
TEXT
}

down() {
  need docker kind
  local container image
  kind delete cluster --name "$cluster" --kubeconfig "$KUBECONFIG"
  for container in "$hosts" "$localstack"; do docker rm --force --volumes "$container" >/dev/null 2>&1 || true; done
  if [ -f "$state/made-network" ]; then docker network rm "$network" >/dev/null 2>&1 || echo "kind.sh: network $network is in use by others and stays" >&2; fi
  for image in provider agent simulator; do docker image rm "harness/$image:dev" >/dev/null 2>&1 || true; done
  rm -rf "$state"
  echo "Removed."
}

case "$#:${1:-}" in
  1:up) up ;;
  1:down) down ;;
  *) echo "usage: scripts/kind.sh up|down" >&2; exit 2 ;;
esac
