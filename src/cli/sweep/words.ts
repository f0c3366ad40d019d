import { SpecError } from '../../errors.ts';
import { METRICS, metricOf, type Metric } from '../../sweep/study/metric.ts';
import type { Sampling } from '../../sweep/study/space.ts';

/** The metric of a word. Throws a SpecError that lists all and begins with `option`. */
export function parseMetric(option: string, word: string): Metric {
  const metric = metricOf(word.trim());
  if (metric) return metric;
  throw new SpecError(`${option}: "${word.trim()}" is not known; choose from ${METRICS.join(', ')}`);
}

/** "random:1000", "lhs:1000" or "search:5000". */
export function parseSampling(text: string, seed: number): Sampling {
  const [, method, points] = /^(random|lhs|search):(\d+)$/.exec(text.trim()) ?? [];
  if (method === undefined)
    throw new SpecError(`--sample: "${text}" is not understood; write random:1000, lhs:1000 or search:5000`);
  return { method: method as 'random' | 'lhs' | 'search', points: Number(points), seed };
}
