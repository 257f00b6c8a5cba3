// The tables of the lifecycles as XState machines, and a dispute's story told to them event by event.
//
//     node run.js FOLDER   # FOLDER/lifecycles.json and FOLDER/story.json; prints "XState 5.33.3 <tab> way <tab> ns an event"
//
// For every event the snapshot is restored from JSON, the event is told, and the snapshot is persisted as JSON. Guards
// are functions that look their answer up in the facts that come with the event, which costs less than judging them.
import { readFileSync } from "node:fs";
import { assign, createActor, setup, transition } from "xstate";

const rounds = 40; // stories in one run
const runs = 25;   // of which the fastest counts

const folder = process.argv[2];
const read = (name) => JSON.parse(readFileSync(`${folder}/${name}`, "utf8"));
const { lifecycles } = read("lifecycles.json");
const { steps } = read("story.json");
const { version } = JSON.parse(readFileSync(new URL("node_modules/xstate/package.json", import.meta.url), "utf8"));

// One guard for all guards of a row: composing them with `and` is slower.
function rowGuard(names) {
    return ({ event }) => names.every((name) => event.facts[name] === true);
}

function machineOf(lifecycle) {
    const guards = {};
    const actions = {};
    const states = Object.fromEntries(lifecycle.states.map(({ name }) => [name, { on: {} }]));
    lifecycle.rows.forEach((row, at) => {
        guards[`row ${at}`] = rowGuard(row.only_if);
        actions[`record ${at}`] = assign({ recorded: row.records });
        (states[row.from].on[row.on_command] ??= []).push({
            target: row.to,
            guard: `row ${at}`,
            actions: `record ${at}`,
        });
    });
    return setup({ guards, actions }).createMachine({
        id: lifecycle.name,
        initial: lifecycle.initial,
        context: { recorded: null },
        states,
    });
}

const machines = Object.fromEntries(lifecycles.map((one) => [one.name, machineOf(one)]));
const fresh = Object.fromEntries(
    Object.entries(machines).map(([name, machine]) => [
        name,
        JSON.stringify(createActor(machine).start().getPersistedSnapshot()),
    ])
);

// The two ways that XState offers; both are measured, and the faster one counts.
const ways = {
    actor(machine, text, event) {
        const actor = createActor(machine, { snapshot: JSON.parse(text) }).start();
        actor.send(event);
        const after = JSON.stringify(actor.getPersistedSnapshot());
        actor.stop();
        return after;
    },
    transition(machine, text, event) {
        const [after] = transition(machine, machine.restoreSnapshot(JSON.parse(text)), event);
        return JSON.stringify(machine.getPersistedSnapshot(after));
    },
};

const told = steps.map((step) => ({
    ...step,
    instance: `${step.lifecycle} ${step.number}`,
    event: { type: step.command, facts: Object.fromEntries(step.holds.map((guard) => [guard, true])) },
}));

function tell(way) {
    const stored = new Map();
    for (const step of told) {
        const before = stored.get(step.instance) ?? fresh[step.lifecycle];
        stored.set(step.instance, way(machines[step.lifecycle], before, step.event));
    }
    return stored;
}

// Untimed: every step must end as it did with us.
function check(name, way) {
    const stored = new Map();
    told.forEach((step, at) => {
        const before = stored.get(step.instance) ?? fresh[step.lifecycle];
        const after = way(machines[step.lifecycle], before, step.event);
        const { value, context } = JSON.parse(after);
        if (value !== step.to || context.recorded !== step.records)
            throw new Error(
                `${name}: step ${at}, ${step.command} to ${step.instance}: ` +
                    `${value} and ${context.recorded}, where ${step.to} and ${step.records} are right`
            );
        stored.set(step.instance, after);
    });
}

for (const [name, way] of Object.entries(ways)) {
    check(name, way);
    let least = Infinity;
    for (let run = 0; run < runs; ++run) {
        const start = process.cpuUsage();
        for (let round = 0; round < rounds; ++round) tell(way);
        const { user, system } = process.cpuUsage(start);
        least = Math.min(least, user + system);
    }
    console.log(`XState ${version}\t${name}\t${((least * 1000) / (rounds * steps.length)).toFixed(0)}`);
}
