#!/usr/bin/env bash
# Gets a real Kubernetes control plane on Debian: scripts/control-plane.sh
# etcd comes from Debian's package etcd-server; kube-apiserver, kube-controller-manager and kube-scheduler are built once (about six
# minutes on two cores) from Debian's source package kubernetes. All stand in ${HARNESS_TOOLS:-~/.cache/harness}/control-plane, outside the
# checkout, and are found again. The last line printed is the folder with the four programs; nothing is installed as a service.
# Ends 3, saying what is missing, when they cannot be had.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
home=${HARNESS_TOOLS:-${XDG_CACHE_HOME:-$HOME/.cache}/harness}/control-plane
bin=$home/bin
programs="kube-apiserver kube-controller-manager kube-scheduler"
[ $# -eq 0 ] || { echo "usage: scripts/control-plane.sh" >&2; exit 2; }
mkdir -p "$bin"
exec 9>"$home/.lock"
flock 9

missing() { echo "control-plane: $1" >&2; exit 3; }
logged() { # logged NAME COMMAND…: what the command says goes to a file, its end to the terminal when it fails
  local log=$home/$1.log
  shift
  "$@" >"$log" 2>&1 </dev/null || { tail -20 "$log" >&2; missing "'$*' failed; all of its output is in $log"; }
}

# apt with lists of its own, so that source packages are found on a machine whose sources.list has none, and without root.
apt_home=$home/apt
own_apt() {
  apt-get -o Dir::Etc::SourceList="$apt_home/sources.list" -o Dir::Etc::SourceParts=/dev/null \
    -o Dir::State::Lists="$apt_home/lists" -o Dir::Cache="$apt_home/cache" "$@"
}
prepare_apt() {
  [ -d "$apt_home/lists" ] && return
  command -v apt-get >/dev/null || missing "apt-get is missing: put etcd and $programs on the PATH or name their folder in KUBEBUILDER_ASSETS"
  mkdir -p "$apt_home/lists/partial" "$apt_home/cache/archives/partial"
  local origin="[signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] ${DEBIAN_MIRROR:-http://deb.debian.org/debian} bookworm main"
  printf 'deb %s\ndeb-src %s\n' "$origin" "$origin" >"$apt_home/sources.list"
  logged apt-update own_apt update
}

get_etcd() {
  [ -x "$bin/etcd" ] && return
  echo "Fetching Debian's etcd …" >&2
  prepare_apt
  rm -rf "$home/etcd" && mkdir -p "$home/etcd"
  (cd "$home/etcd" && logged etcd own_apt download etcd-server && logged etcd-unpack dpkg -x ./etcd-server_*.deb .)
  "$home/etcd/usr/bin/etcd" --version >/dev/null || missing "Debian's etcd does not run on this machine"
  mv "$home/etcd/usr/bin/etcd" "$bin/etcd" && rm -rf "$home/etcd"
}

# What the programs are built from and how; those of an earlier recipe are built again.
recipe=2
built() {
  local program
  [ "$(cat "$bin/.recipe" 2>/dev/null)" = "$recipe" ] || return 1
  for program in $programs; do [ -x "$bin/$program" ] || return 1; done
}

go_root=/usr/lib/go-1.19
install_build_tools() {
  local tool lacking=
  for tool in "$go_root/bin/go" rsync jq make gcc dpkg-source; do command -v "$tool" >/dev/null || lacking="$lacking $tool"; done
  [ -n "$lacking" ] || return 0
  [ "$(id -u)" -eq 0 ] || missing "these are missing:$lacking. As root: apt-get install golang-1.19-go rsync jq make gcc libc6-dev dpkg-dev"
  echo "Installing what builds Kubernetes …" >&2
  logged tools-update apt-get update
  logged tools apt-get install -y --no-install-recommends golang-1.19-go rsync jq make gcc libc6-dev dpkg-dev
}

# The vendored reflect2 hands the runtime of Go 1.18 and later too few arguments when it walks over a map, which crashes the API server now and
# then. Its later releases pass the whole iterator, as this makes it do.
fix_reflect2() {
  local folder=$1/vendor/github.com/modern-go/reflect2
  sed -i 's/^func mapiterinit(rtype unsafe.Pointer, m unsafe.Pointer) \*hiter$/func mapiterinit(rtype unsafe.Pointer, m unsafe.Pointer, it *hiter)/' "$folder/unsafe_link.go"
  sed -i 's|^\t// rest fields are ignored$|\tt, h, buckets, bptr, overflow, oldoverflow unsafe.Pointer\n\tstartBucket uintptr\n\toffset uint8\n\twrapped bool\n\tB, i uint8\n\tbucket, checkBucket uintptr|' "$folder/unsafe_link.go"
  sed -i 's/mapiterinit(type2.rtype, \*(\*unsafe.Pointer)(obj))/startedIterator(type2.rtype, *(*unsafe.Pointer)(obj))/' "$folder/unsafe_map.go"
  cat >>"$folder/unsafe_map.go" <<'GO'

func startedIterator(rtype unsafe.Pointer, m unsafe.Pointer) *hiter {
	it := new(hiter)
	mapiterinit(rtype, m, it)
	return it
}
GO
  grep -q 'm unsafe.Pointer, it \*hiter)' "$folder/unsafe_link.go" && grep -q 'bucket, checkBucket uintptr' "$folder/unsafe_link.go" && grep -q 'startedIterator(type2' "$folder/unsafe_map.go" ||
    missing "the vendored reflect2 is not the one that is to be corrected"
}

build_kubernetes() {
  built && return
  install_build_tools
  prepare_apt
  local work=$home/build tree
  tree=$work/go/src/k8s.io/kubernetes
  if [ ! -f "$tree/.unpacked" ]; then
    echo "Fetching Debian's Kubernetes source …" >&2
    rm -rf "$work" && mkdir -p "$work/go/src/k8s.io"
    (cd "$work" && logged source own_apt source --download-only kubernetes && logged unpack dpkg-source -x ./kubernetes_*.dsc "$tree")
    fix_reflect2 "$tree"
    touch "$tree/.unpacked"
  fi
  echo "Building $programs, once; this takes about six minutes on two cores …" >&2
  local what= program
  for program in $programs; do what="$what cmd/$program"; done
  (cd "$tree" && PATH=$go_root/bin:$PATH GOPATH=$work/go GOCACHE=$work/cache GO111MODULE=off GOFLAGS= \
    KUBE_GIT_VERSION=v1.20.2 KUBE_GIT_COMMIT=debian KUBE_GIT_TREE_STATE=clean KUBE_GIT_MAJOR=1 KUBE_GIT_MINOR=20 \
    logged build make WHAT="${what# }")
  for program in $programs; do install -m 755 "$tree/_output/local/go/bin/$program" "$bin/$program.new" && mv "$bin/$program.new" "$bin/$program"; done
  echo "$recipe" >"$bin/.recipe"
  chmod -R u+w "$work" && rm -rf "$work"
}

get_etcd
build_kubernetes
echo "$bin"
