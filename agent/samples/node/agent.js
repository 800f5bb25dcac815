// The smallest useful agent, in JavaScript: runs the command of the one container of the one pod that it is given.
// Usage: node agent.js ADDRESS PORT STATE_FOLDER      (port 0: any free one; the first line of output says which)
"use strict";
const [{ spawn }, fs, os, path] = ["child_process", "fs", "os", "path"].map(require);
module.paths.push(path.join(__dirname, "../../../.tools/peers/node_modules")); // where scripts/setup-peers puts packages
const grpc = require("@grpc/grpc-js");
const protoLoader = require("@grpc/proto-loader");

const bundle = process.env.VKVM_CONTRACT || path.join(__dirname, "../../../artifacts/contract");
const descriptors = fs.readFileSync(path.join(bundle, "descriptors.binpb"));
const { vkvmagent, grpc: { health } } = grpc.loadPackageDefinition(
  protoLoader.loadFileDescriptorSetFromBuffer(descriptors, { keepCase: true, longs: Number, enums: String }));
const lifecycle = "vkvmagent.v0.ApplicationLifecycle";
// What this agent honours, or may pass over; anything else that is set in a pod is refused by name (L-10).
const specFields = new Set(`containers restartPolicy terminationGracePeriodSeconds nodeName volumes serviceAccountName serviceAccount dnsPolicy
  schedulerName tolerations nodeSelector affinity priority priorityClassName preemptionPolicy enableServiceLinks imagePullSecrets`.split(/\s+/));
const containerFields = new Set(`name image command args env workingDir ports resources volumeMounts imagePullPolicy terminationMessagePath
  terminationMessagePolicy`.split(/\s+/));

const kill = (child) => { try { process.kill(-child.pid, "SIGKILL"); } catch { /* gone */ } };
const failure = (code, details) => ({ code, details });
const isSet = (value) => (value !== null && typeof value === "object" ? Object.values(value).some(isSet) : Boolean(value));
// Why this pod cannot be run, or nothing.
function refusal(pod) {
  const spec = (pod && pod.spec) || {};
  const containers = spec.containers || [];
  const metadata = (pod && pod.metadata) || {};
  if (!metadata.uid || !metadata.name || containers.length !== 1 || !(containers[0].command || []).length) {
    return "metadata.uid, metadata.name and one container are needed, with a command: this agent has no images";
  }
  for (const [where, part, known] of [["spec", spec, specFields], ["spec.containers[0]", containers[0], containerFields]]) {
    for (const [name, value] of Object.entries(part)) {
      if (!known.has(name) && isSet(value)) return `${where}.${name}: not supported by this agent`;
    }
  }
  if ((spec.volumes || []).some((volume) => !volume.name.startsWith("kube-api-access-"))) return "spec.volumes: not supported by this agent";
  if ((containers[0].env || []).some((variable) => variable.valueFrom)) return "spec.containers[0].env: valueFrom is not supported by this agent";
}

// The one application.
class Agent {
  constructor(folder) {
    Object.assign(this, { folder, file: path.join(folder, "pod.json"), uids: new Set(), watchers: new Set(), draining: false });
    this.status = { phase: "Pending" };
    if (fs.existsSync(this.file)) this.recover();
  }

  // After a restart: the truth about the pod there was. What is left of its processes is ended.
  recover() {
    ({ pod: this.pod, status: this.status, restarts: this.restarts, since: this.since } = JSON.parse(fs.readFileSync(this.file)));
    this.uids.add(this.pod.metadata.uid);
    for (const id of fs.readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
      try {
        const variables = fs.readFileSync(`/proc/${id}/environ`, "latin1").split("\0");
        if (variables.includes(`VKVM_POD_UID=${this.pod.metadata.uid}`)) process.kill(Number(id), "SIGKILL");
      } catch { /* gone, or not ours */ }
    }
    if (this.active()) this.publish("Failed", { terminated: this.end(137, "AgentRestarted", "the agent was killed") });
  }

  active() { return this.pod !== undefined && ["Pending", "Running"].includes(this.status.phase); }

  // A new status; it is on disk before anyone sees it.
  publish(phase, state) {
    const { name, image } = this.pod.spec.containers[0];
    const ready = state.running !== undefined;
    const conditions = [["PodScheduled", true], ["Initialized", true], ["ContainersReady", ready], ["Ready", ready]]
      .map(([type, holds]) => ({ type, status: holds ? "True" : "False" }));
    const status = { phase, conditions, containerStatuses: [{ name, image, ready, restartCount: this.restarts, state }] };
    fs.writeFileSync(this.file + ".new", JSON.stringify({ pod: this.pod, status, restarts: this.restarts, since: this.since }));
    fs.renameSync(this.file + ".new", this.file);
    this.status = status;
    for (const tell of this.watchers) tell();
  }

  end(exitCode, reason, message) {
    const now = Math.floor(Date.now() / 1000);
    return { exitCode, reason, message, startedAt: { seconds: this.since || now }, finishedAt: { seconds: now } };
  }

  launch({ request: { pod } }, reply) {
    const problem = refusal(pod);
    if (problem) return reply(failure(grpc.status.INVALID_ARGUMENT, problem));
    if (this.uids.has(pod.metadata.uid)) return reply(null, {});
    if (this.active()) return reply(failure(grpc.status.ALREADY_EXISTS, `the pod ${this.pod.metadata.uid} is active on this agent`));
    const before = this.pod;
    Object.assign(this, { pod, restarts: 0, since: undefined, ending: false, process: undefined });
    try {
      this.publish("Pending", { waiting: { reason: "ContainerCreating" } });
    } catch (error) {
      this.pod = before;
      return reply(failure(grpc.status.RESOURCE_EXHAUSTED, `the pod cannot be written down: ${error.message}`));
    }
    this.uids.add(pod.metadata.uid);
    setImmediate(() => this.start());
    reply(null, {});
  }

  start() {
    const { spec, metadata } = this.pod;
    const container = spec.containers[0];
    if (this.ending) return this.ended(137, "Error", "ended before it was started");
    const env = { PATH: "/usr/local/bin:/usr/bin:/bin", HOME: this.folder, HOSTNAME: metadata.name, VKVM_POD_UID: metadata.uid };
    for (const variable of container.env || []) env[variable.name] = variable.value || "";
    const output = fs.openSync(path.join(this.folder, "output.log"), "a");
    const [program, ...args] = [...container.command, ...(container.args || [])];
    const child = spawn(program, args, { env, cwd: container.workingDir || this.folder, stdio: ["ignore", output, output], detached: true });
    fs.closeSync(output);
    child.on("spawn", () => {
      this.since = Math.floor(Date.now() / 1000);
      this.process = child;
      this.publish("Running", { running: { startedAt: { seconds: this.since } } });
      if (this.ending) child.kill("SIGTERM");
    });
    child.on("error", (error) => child.pid === undefined && this.ended(127, "ContainerCannotRun", error.message));
    child.on("exit", (code, signal) => {
      this.process = undefined;
      kill(child); // what is left of its group
      const exitCode = signal ? 128 + os.constants.signals[signal] : code;
      this.ended(exitCode, exitCode === 0 ? "Completed" : "Error", "");
    });
  }

  // Starts the container again where the restart policy says so; else this is the pod's end.
  ended(exitCode, reason, message) {
    const policy = this.pod.spec.restartPolicy || "Always";
    if (this.ending || policy === "Never" || (policy === "OnFailure" && exitCode === 0)) {
      return this.publish(exitCode === 0 ? "Succeeded" : "Failed", { terminated: this.end(exitCode, reason, message) });
    }
    this.publish("Running", { waiting: { reason: "CrashLoopBackOff", message: `${reason}: exit code ${exitCode} ${message}` } });
    const again = () => { this.waiting = undefined; this.restarts++; this.start(); };
    this.waiting = { again, timer: setTimeout(again, 1000 * Math.min(10 * 2 ** this.restarts, 300)) };
  }

  terminate({ metadata }, reply) {
    const given = String(metadata.get("vkvm-grace-period-seconds")[0] ?? (this.pod && this.pod.spec.terminationGracePeriodSeconds) ?? 30);
    if (!/^\d+$/.test(given)) {
      return reply(failure(grpc.status.INVALID_ARGUMENT, `vkvm-grace-period-seconds: "${given}" is not a whole number of seconds`));
    }
    this.stop(Number(given));
    reply(null, {});
  }

  stop(graceSeconds) {
    if (!this.active()) return;
    this.ending = true;
    if (this.process) this.process.kill("SIGTERM");
    setTimeout(() => this.process && kill(this.process), 1000 * graceSeconds).unref();
    if (!this.waiting) return;
    clearTimeout(this.waiting.timer);
    this.waiting.again();
  }

  // Sends the value, and again whenever it has changed, until the call ends.
  watch(call, value) {
    let seen;
    const tell = () => { if (value() !== seen) call.write(seen = value()); };
    this.watchers.add(tell);
    for (const end of ["cancelled", "close", "error"]) call.on(end, () => this.watchers.delete(tell));
    tell();
  }
}

function main([address, port, folder]) {
  fs.mkdirSync(folder, { recursive: true });
  const agent = new Agent(folder);
  const known = (request) => ["", lifecycle].includes(request.service || "");
  const answers = { SERVING: { status: "SERVING" }, NOT_SERVING: { status: "NOT_SERVING" }, SERVICE_UNKNOWN: { status: "SERVICE_UNKNOWN" } };
  const serving = () => (agent.draining ? answers.NOT_SERVING : answers.SERVING);
  const responses = new WeakMap(); // one message for each status, so that a watch can tell what it has sent
  const response = () => responses.get(agent.status) || responses.set(agent.status, { podStatus: agent.status }).get(agent.status);
  const server = new grpc.Server();
  server.addService(vkvmagent.v0.ApplicationLifecycle.service, {
    LaunchApplication: (call, reply) => agent.launch(call, reply),
    TerminateApplication: (call, reply) => agent.terminate(call, reply),
    CheckApplicationHealth: (call, reply) => reply(null, response()),
    WatchApplicationHealth: (call) => agent.watch(call, response),
  });
  server.addService(health.v1.Health.service, {
    Check: ({ request }, reply) => (known(request) ? reply(null, serving()) : reply(failure(grpc.status.NOT_FOUND, `no service "${request.service}"`))),
    Watch: (call) => agent.watch(call, known(call.request) ? serving : () => answers.SERVICE_UNKNOWN),
  });
  server.bindAsync(`${address}:${port}`, grpc.ServerCredentials.createInsecure(), (error, bound) => {
    if (error) throw error;
    console.log(`serving on ${address}:${bound}`);
  });
  const drain = () => {
    agent.draining = true;
    for (const tell of agent.watchers) tell();
    agent.stop(10);
    const leave = () => !agent.active() && setTimeout(() => process.exit(0), 200);
    agent.watchers.add(leave);
    leave();
  };
  process.on("SIGTERM", drain).on("SIGINT", drain);
}

main(process.argv.slice(2));
