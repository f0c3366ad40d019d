// Timers with periods of their own, as entities of sim.js. simjs-timers.mjs PATH_OF_SIMJS PROCESSES EVENTS
import process from 'node:process';

const [path, ...numbers] = process.argv.slice(2);
const [processes, events] = numbers.map(Number);
// It is made for pages, and leaves what it is in their window.
globalThis.window = globalThis;
await import(path);
const { Sim, Entity } = globalThis.Sim;

class Timer extends Entity {
  start(periodPs) {
    this.periodPs = periodPs;
    this.left = events / processes;
    this.tick();
  }
  tick() {
    if (this.left-- > 0) this.setTimer(this.periodPs).done(this.tick);
  }
}

// As often as ours, so that what is measured is compiled.
let best = 0;
for (let round = 0; round < 5; round++) {
  const sim = new Sim();
  for (let at = 0; at < processes; at++) sim.addEntity(Timer, undefined, 700_000 + 61_031 * at);
  const start = process.hrtime.bigint();
  sim.simulate(Infinity);
  best = Math.max(best, (events / Number(process.hrtime.bigint() - start)) * 1e9);
}
console.log(best);
