.PHONY: sim down build test
.DEFAULT_GOAL := build

sim: ## Builds what is needed and runs the local cluster until Ctrl-C
	@scripts/sim up $(SIM_ARGS)

down: ## Ends a simulator that was started with "scripts/sim up --detach"
	@scripts/sim down

build: ## Builds everything
	@scripts/build

test: ## Builds and tests everything
	@scripts/test
