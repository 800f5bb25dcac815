#!/usr/bin/env bash
# Tries "sim up --ec2 localstack" with a real docker and without an image registry: scripts/test-localstack.sh
# LocalStack's image cannot be had without one, so a stand-in is made on the spot: moto (scripts/moto.sh), which LocalStack's EC2 is built on,
# with an answer at /_localstack/health in front. dockerd runs in a network namespace of its own and leaves nothing on the machine (root).
# Tried: start, health, the sample pod, down; a killed simulator's container ended by down; a container that ends at once; an image that is not there.
# Ends 1 when something is not so, 3 when something is missing.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
[ "$(id -u)" -eq 0 ] || { echo "test-localstack: needs root" >&2; exit 3; }
if [ "${1:-}" != inside ]; then
  moto=$("$root/scripts/moto.sh" | tail -1)
  "$root/scripts/sim" --version >/dev/null
  exec unshare --net -- "$0" inside "$moto"
fi
moto=$2
sim=$root/simulator/Harness.Simulator.Host/bin/$configuration/net10.0/sim
work=$(mktemp -d "${TMPDIR:-/tmp}/harness-localstack.XXXXXX")
export DOCKER_HOST=unix://$work/socket
dockerd=$(PATH=$PATH:/usr/sbin command -v dockerd) && command -v docker >/dev/null || { echo "test-localstack: docker and dockerd are missing: apt-get install docker.io" >&2; exit 3; }
daemon=
say() { echo "$*" >&2; }
fail() { say "FAILED: $1"; [ -z "${2:-}" ] || tail -30 "$2" >&2; exit 1; }

clean_up() {
  local status=$?
  trap - EXIT
  set +e
  "$sim" down --dir "$work/sim" >/dev/null 2>&1
  [ -z "$daemon" ] || { kill "$daemon"; wait "$daemon"; } 2>/dev/null
  rm -rf "$work"
  exit "$status"
}
trap clean_up EXIT

start_docker() {
  ip link set lo up
  "$dockerd" --host "$DOCKER_HOST" --data-root "$work/data" --exec-root "$work/exec" --pidfile "$work/pid" \
    --iptables=false --ip6tables=false --ip-masq=false >"$work/dockerd.log" 2>&1 </dev/null &
  daemon=$!
  local until=$((SECONDS + 60))
  until docker info >/dev/null 2>&1; do
    kill -0 "$daemon" 2>/dev/null && [ "$SECONDS" -lt "$until" ] || fail "dockerd did not start" "$work/dockerd.log"
    sleep 0.2
  done
}

make_images() {
  mkdir -p "$work/shim"
  cat >"$work/shim/localstack.py" <<'PY'
import json
from werkzeug.serving import run_simple
from moto.server import DomainDispatcherApplication, create_backend_app
emulator = DomainDispatcherApplication(create_backend_app)
health = json.dumps({"services": {name: "available" for name in ("ec2", "iam", "s3", "sts")}, "edition": "stand-in", "version": "0.0.0-moto"}).encode()
def front(environ, start_response):
    if environ["PATH_INFO"] == "/_localstack/health":
        start_response("200 OK", [("Content-Type", "application/json")])
        return [health]
    return emulator(environ, start_response)
run_simple("0.0.0.0", 4566, front, threaded=True)
PY
  say "Making a stand-in for LocalStack's image …"
  { tar -C "$moto" --exclude=./usr/share/doc --exclude=./usr/share/locale --exclude=./var/cache -c . --to-stdout >"$work/root.tar"; } 2>/dev/null
  tar -C "$work/shim" -rf "$work/root.tar" localstack.py
  docker import --change 'CMD ["/usr/bin/python3", "/localstack.py"]' "$work/root.tar" harness/stand-in:1 >/dev/null
  rm "$work/root.tar"
  printf 'FROM harness/stand-in:1\nCMD ["/bin/sh", "-c", "echo License activation failed; exit 55"]\n' >"$work/Dockerfile"
  docker build --quiet --tag harness/unlicensed:1 "$work/shim" --file "$work/Dockerfile" >/dev/null
}

containers() { docker ps --all --quiet | wc -l; }
up() { LOCALSTACK_IMAGE=$1 LOCALSTACK_AUTH_TOKEN=secret-token "$sim" up --detach --dir "$work/sim" --ec2 localstack --timeout 120s >"$work/up.log" 2>&1; }

session() {
  up harness/stand-in:1 || fail "sim up --ec2 localstack" "$work/up.log"
  grep -q 'EC2 (LocalStack 0.0.0-moto in harness/stand-in:1) answers at http://127\.' "$work/up.log" || fail "no endpoint was handed out" "$work/up.log"
  docker inspect "$(docker ps --quiet)" --format '{{range .Config.Env}}{{println .}}{{end}}' | grep -qx 'LOCALSTACK_AUTH_TOKEN=secret-token' || fail "the token did not reach the container"
  local kubectl="kubectl --kubeconfig $work/sim/kubeconfig"
  $kubectl apply -f "$root/kind/samples/pod.yaml" >/dev/null
  $kubectl wait --for=condition=Ready pod/hello-pod --timeout=120s >"$work/pod.log" 2>&1 || fail "the sample pod does not run" "$work/sim/provider/provider.log"
  $kubectl logs hello-pod | grep -q "hello from hello-pod" || fail "the sample pod has no log"
  $kubectl delete -f "$root/kind/samples/pod.yaml" --timeout=60s >/dev/null || fail "the sample pod is not deleted"
  "$sim" down --dir "$work/sim" >/dev/null || fail "sim down"
  [ "$(containers)" -eq 0 ] || fail "down left a container"
  say "ok: LocalStack's container was started, gave a pod its instance, and was removed"
}

killed() {
  up harness/stand-in:1 || fail "sim up --ec2 localstack" "$work/up.log"
  kill -9 "$("$sim" status --dir "$work/sim" -o json | grep -o '"pid": [0-9]*' | head -1 | tr -dc 0-9)"
  [ "$(containers)" -eq 1 ] || fail "the container did not outlive the simulator"
  "$sim" down --dir "$work/sim" >/dev/null || fail "sim down"
  [ "$(containers)" -eq 0 ] || fail "down left a killed simulator's container"
  say "ok: a killed simulator's container was removed by down"
}

refused() { # refused IMAGE EXPECTED
  local status=0
  up "$1" || status=$?
  [ "$status" -eq 3 ] && grep -q "$2" "$work/up.log" || fail "with $1, sim up did not say '$2' (it ended $status)" "$work/up.log"
  [ "$(containers)" -eq 0 ] || fail "a container of $1 was left"
  say "ok: $(grep -m1 '^sim:' "$work/up.log" | cut -c1-150)"
}

start_docker
make_images
session
killed
refused harness/unlicensed:1 'speaks of a license: set LOCALSTACK_AUTH_TOKEN'
refused registry.invalid/localstack:1 'cannot be pulled'
say "test-localstack: all is as it should be (docker $(docker version --format '{{.Server.Version}}'))"
