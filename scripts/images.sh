#!/usr/bin/env bash
# Publishes the programs, self-contained, and builds the images harness/provider, harness/agent and harness/simulator:
#   scripts/images.sh [--tag TAG] [--arch amd64|arm64] [--base IMAGE] [--publish-only]
# --tag defaults to "dev", --arch to this machine's, --base to what each Dockerfile in kind/images names.
# Ends 3, saying what is missing, without docker or the .NET SDK.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
usage() { echo "usage: scripts/images.sh [--tag TAG] [--arch amd64|arm64] [--base IMAGE] [--publish-only]" >&2; exit 2; }

tag=dev base= publish_only=
case $(uname -m) in aarch64 | arm64) arch=arm64 ;; *) arch=amd64 ;; esac
while [ $# -gt 0 ]; do
  case $1 in
    --tag | --arch | --base) [ $# -ge 2 ] || usage; declare "${1#--}=$2"; shift 2 ;;
    --publish-only) publish_only=1; shift ;;
    *) usage ;;
  esac
done
case $arch in amd64) runtime=linux-x64 ;; arm64) runtime=linux-arm64 ;; *) usage ;; esac

need_dotnet
if [ -z "$publish_only" ]; then
  command -v docker >/dev/null || { echo "images: docker is missing; see https://docs.docker.com/engine/install" >&2; exit 3; }
  docker info >/dev/null 2>&1 || { echo "images: docker does not answer; start it, or set DOCKER_HOST to where it is" >&2; exit 3; }
fi

# Published beside the ordinary build, never into it: a build for one platform must not be mixed up with one for none. The analyzer of
# single files is off for all, else each change between single file and folder would compile everything again.
work=$root/.kind/images
context=$work/context
programs=$context/$arch
mkdir -p "$work"
exec 9>"$work/.lock"
flock 9

publish() { # publish PROJECT_FOLDER OUT ARGS…
  local project=$root/$1 out=$2 log=$work/publish.log
  shift 2
  dotnet publish "$project" -c Release -r "$runtime" --self-contained --artifacts-path "$work/artifacts" -p:UseArtifactsOutput=true \
    -p:RunAnalyzers=false -p:EnableSingleFileAnalyzer=false -p:GenerateDocumentationFile=false -o "$out" -v quiet --nologo "$@" >"$log" 2>&1 </dev/null 9>&- || { cat "$log" >&2; exit 1; }
}

publish_all() {
  if [ -f "$programs/.published" ] && ! newer_source "$programs/.published" && [ ! "$root/kind/images/simulator-entrypoint.sh" -nt "$programs/.published" ]; then return; fi
  touch "$work/started"
  echo "Publishing the programs for $runtime …" >&2
  rm -rf "$programs" && mkdir -p "$programs"
  publish provider/Harness.Provider.Host "$work/out/provider" -p:PublishSingleFile=true
  publish agent/Harness.Agent.Host "$work/out/agent" -p:PublishSingleFile=true
  cp "$work/out/provider/vk-provider" "$work/out/agent/vkvm-agent" "$programs/"
  local simulator=$programs/simulator project
  for project in provider/Harness.Provider.Host agent/Harness.Agent.Host simulator/Harness.Simulator.Host; do publish "$project" "$simulator"; done
  find "$simulator" \( -name '*.pdb' -o -name '*.xml' -o -name createdump \) -delete
  rm -rf "$simulator/programs"
  mkdir -p "$simulator/programs/provider" "$simulator/programs/agent"
  ln -s ../../vk-provider "$simulator/programs/provider/vk-provider"
  ln -s ../../vkvm-agent "$simulator/programs/agent/vkvm-agent"
  cp "$root/kind/images/simulator-entrypoint.sh" "$context/"
  mv "$work/started" "$programs/.published"
}

publish_all
[ -z "$publish_only" ] || { echo "$programs"; exit 0; }
# Without docker's builder plugin the older builder does it; it takes TARGETARCH only as an argument.
docker buildx version >/dev/null 2>&1 || export DOCKER_BUILDKIT=0
for image in provider agent simulator; do
  echo "Building harness/$image:$tag …" >&2
  docker build --quiet --tag "harness/$image:$tag" --file "$root/kind/images/$image.Dockerfile" \
    --build-arg "TARGETARCH=$arch" ${base:+--build-arg "BASE_IMAGE=$base"} "$context" >"$work/build.log" 2>&1 || { cat "$work/build.log" >&2; exit 1; }
done
docker images --filter 'reference=harness/*' --format '{{.Repository}}:{{.Tag}} {{.Size}}' | grep ":$tag "
