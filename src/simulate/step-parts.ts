import { cyclesFromPs } from '../units.ts';
import type { KpuSpans } from './kpu.ts';
import type { CostPart } from './prediction.ts';

/** What a KPU layer's span is made of, in cycles of the core's clock. */
export function kpuParts(spans: KpuSpans, coreHz: number): CostPart[] {
  const part = (name: string, ps: number): CostPart => ({ name, coreCycles: cyclesFromPs(ps, coreHz) });
  return [
    part('submit', spans.submitPs),
    part('parameter fetch', spans.fetchPs + spans.stallPs),
    part('kpu compute', spans.computePs),
    part('interrupt', spans.interruptPs),
  ];
}

/** Parts whose names are those of constants, named in words. */
export function inWords(parts: readonly CostPart[]): CostPart[] {
  return parts.map(({ name, coreCycles }) => ({ name: wordsOf(name), coreCycles }));
}

/** The name of a constant as words: copyOutCyclesPerByte -> "copy out"; other names stay as they are. */
export function wordsOf(name: string): string {
  const [stem = '', ...rest] = name.split(/(?:Core|Kpu)?Cycles/);
  if (rest.length === 0) return name;
  return stem.replace(/([a-z])([A-Z0-9])/g, (_, a: string, b: string) => `${a} ${b.toLowerCase()}`);
}
