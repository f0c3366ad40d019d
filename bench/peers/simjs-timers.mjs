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

const sim = new Sim();
for (let at = 0; at < processes; at++) sim.addEntity(Timer, undefined, 700_000 + 61_031 * at);
const start = process.hrtime.bigint();
sim.simulate(Infinity);
console.log((events / Number(process.hrtime.bigint() - start)) * 1e9);
