.PHONY: contract sim down build test kind kind-down test-real
.DEFAULT_GOAL := build

sim: ## Builds what is needed and runs the local cluster until Ctrl-C
	@scripts/sim up $(SIM_ARGS)

down: ## Ends a simulator that was started with "scripts/sim up --detach"
	@scripts/sim down

build: ## Builds everything
	@scripts/build

test: ## Builds and tests everything
	@scripts/test

kind: ## Makes a kind cluster with the provider in it and LocalStack for EC2 (needs docker, kind, kubectl)
	@scripts/kind.sh up

kind-down: ## Removes all that "make kind" made
	@scripts/kind.sh down

test-real: ## Builds, gets what no one here wrote (a control plane, …), and tests on it
	@scripts/test-real

contract: ## Writes what authors of agents need into artifacts/contract
	@scripts/contract-bundle
