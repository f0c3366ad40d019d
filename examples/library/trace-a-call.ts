import { maixduino, paperCnn, traceInference } from 'inferscope';
import { writePerfetto, writeVcd } from 'inferscope/instruments';

const records = traceInference(paperCnn({ filters: 4 }), maixduino);
for (const { kind, track, name, atPs, value } of records.slice(0, 4)) {
  if (kind === 'span') console.log(`${track}: ${name} from ${atPs / 1e6} us for ${value / 1e6} us`);
}

const vcd = [...writeVcd(records)].join('');
const trace = [...writePerfetto(records)];
console.log(vcd.trimEnd().split('\n').slice(-2).join(' '));
console.log(`${trace.reduce((sum, chunk) => sum + chunk.length, 0)} bytes for ui.perfetto.dev`);
