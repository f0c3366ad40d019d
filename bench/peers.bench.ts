// Beside others, all in one run: events, kernels, and the latency of a .tflite as a whole process: npm run bench -- peers
//
// Peers are used where they are (Debian: g++, libsystemc-dev, libns3-dev; PyPI: simpy==4.1.2 for python3 and ethos-u-vela on
// the path; npm: simjs and onnxruntime-web, among our packages or in the folder that INFERSCOPE_PEERS names; LiteRT.js and
// tfjs are our own) and skipped with a word where not. `-- events` runs what has that word in its name; `--write` puts the
// whole table into docs/peers.md.
import { writeFileSync } from 'node:fs';
import process from 'node:process';
import { judge, type Bar } from './harness.ts';
import { compare, type Comparison } from './peers/race.ts';

// Each is loaded when it is its turn: what an interpreter does to the process is not measured with the events.
const SECTIONS: Readonly<Record<string, () => Promise<Comparison[]>>> = {
  events: async () => (await import('./peers/events.ts')).eventComparisons(),
  kernels: async () => (await import('./peers/kernels.ts')).kernelComparisons(),
  processes: async () => (await import('./peers/whole-process.ts')).processComparisons(),
};

const isWritten = process.argv.includes('--write');
const asked = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const bars: Bar[] = [];
const rows: string[] = [];
for (const [name, comparisonsOf] of Object.entries(SECTIONS)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  for (const comparison of await comparisonsOf()) {
    const compared = await compare(comparison);
    rows.push(...compared.rows);
    bars.push(...compared.bars);
  }
}
const table = ['| work | who | speed | inferscope is faster by |', '|---|---|---|---|', ...rows, ''].join(
  '\n',
);
console.log(table);
judge(bars);
if (isWritten && asked.length === 0) {
  writeFileSync(
    new URL('../docs/peers.md', import.meta.url),
    `# Beside others

Made by \`npm run bench -- peers --write\` on one core of the machine that it ran on; best of interleaved rounds. Events, each
contender in a process of its own: a queue of so many pending from which the earliest is taken and one is put back, and timers
that are processes. Kernels: one inference in one thread, its result read back; LiteRT.js takes float32 at the ends of int8
networks. Whole process: from start to end, the time that an int8 network takes on a chip with an Ethos-U55.

${table}`,
  );
}
process.exit();
