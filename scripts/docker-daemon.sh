# Sourced after lib.sh, never run: a docker daemon for tests. use_docker FOLDER takes the one that answers, else starts one of its own
# with all its state in FOLDER and without a bridge, addresses or packet filter rules on this machine; end_docker ends that one.
daemon_pid=

use_docker() {
  command -v docker >/dev/null || { echo "docker is missing: apt-get install docker.io" >&2; exit 3; }
  ! docker info >/dev/null 2>&1 || return 0
  local folder=$1 dockerd
  dockerd=$(PATH=$PATH:/usr/sbin command -v dockerd) || { echo "docker does not answer and dockerd is missing: apt-get install docker.io" >&2; exit 3; }
  [ "$(id -u)" -eq 0 ] || { echo "docker does not answer, and only root can start it" >&2; exit 3; }
  mkdir -p "$folder"
  export DOCKER_HOST=unix://$folder/socket
  "$dockerd" --host "$DOCKER_HOST" --data-root "$folder/data" --exec-root "$folder/exec" --pidfile "$folder/pid" \
    --bridge none --iptables=false --ip6tables=false --ip-forward=false --ip-masq=false >"$folder/log" 2>&1 </dev/null 9>&- &
  daemon_pid=$!
  local until=$((SECONDS + 60))
  until docker info >/dev/null 2>&1; do
    kill -0 "$daemon_pid" 2>/dev/null && [ "$SECONDS" -lt "$until" ] || { tail -5 "$folder/log" >&2; echo "dockerd did not start" >&2; exit 3; }
    sleep 0.2
  done
}

end_docker() { # end_docker FOLDER
  [ -n "$daemon_pid" ] || return 0
  kill "$daemon_pid" 2>/dev/null || true
  wait "$daemon_pid" 2>/dev/null || true
  daemon_pid=
  rm -rf "$1"
}
