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
