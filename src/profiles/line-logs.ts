import type { LogRow, ProfileLog } from './log-row.ts';

interface LineFormat {
  readonly format: string;
  readonly line: RegExp;
  readonly row: (groups: Readonly<Record<string, string>>) => Omit<LogRow, 'line'>;
}

/** Formats in which each line says one layer in words, by what their programs print. */
const FORMATS: readonly LineFormat[] = [
  {
    // tflite-micro, micro_profiler.cc, MicroProfiler::Log
    format: 'TensorFlow Lite Micro, MicroProfiler',
    line: /\b(?<op>[A-Z][A-Z0-9_]+) took (?<ticks>\d+) ticks(?: \((?<ms>\d+) ms\))?/,
    row: ({ op, ticks }) => ({ op, ticks: Number(ticks) }),
  },
  {
    format: 'TensorFlow Lite Micro, in microseconds',
    line: /\b(?<op>[A-Z][A-Z0-9_]+) took (?<us>\d+(?:\.\d+)?) us\b/,
    row: ({ op, us }) => ({ op, ms: Number(us) / 1e3 }),
  },
  {
    // kendryte-standalone-sdk, kpu.c with KPU_DEBUG; nncase 0.x, kpu interpreter
    format: 'nncase, layer by layer',
    line: /\blayer (?<index>\d+) \[(?<op>[^\]]+)\]: (?<ms>\d+(?:\.\d+)?) ms/,
    row: ({ op, ms }) => ({ op, ms: Number(ms) }),
  },
  {
    // nncase 0.2 with NNCASE_DEBUG: "KPUConv2D: 0.084000ms", with or without a bar; sums of units and of all are no layers
    format: 'nncase 0.2, layer by layer',
    line: /^\s*(?!(?:KPU|CPU|Model|Total)\b)(?<op>[A-Z][A-Za-z0-9]+): (?:\| )?(?<ms>\d+\.\d+) ?ms\s*$/,
    row: ({ op, ms }) => ({ op, ms: Number(ms) }),
  },
  {
    // X-CUBE-AI 3, "Inspector report (layer by layer)": Clayer id desc oshape ms
    format: 'X-CUBE-AI, inspector report',
    line: /^\s*\d+\s+\d+\s+\d+\/\((?<op>[^)]+)\)\s+\([\d, ]+\)\s+(?<ms>\d+\.\d+)\s*$/,
    row: ({ op, ms }) => ({ op, ms: Number(ms) }),
  },
  {
    // ST Edge AI's ai_runner, "Inference time per node": c_id m_id type dur (ms) %; "n/a n/a Inter-nodal" and the total are no layers
    format: 'ST Edge AI, inference time per node',
    line: /^\s*\d+\s+\d+\s+(?<op>[A-Za-z]\w*(?: \w+)*?)(?:\s+\(0x[0-9a-f]+\))?\s+(?<ms>\d+\.\d+)\s+\d+(?:\.\d+)?\s*%/,
    row: ({ op, ms }) => ({ op, ms: Number(ms) }),
  },
  {
    // X-CUBE-AI's aiSystemPerformance.c, "Inference time by c-node": c_id type id time (ms) %; with its TensorFlow Lite Micro idx name time
    format: 'X-CUBE-AI, inference time by c-node',
    line: /^\s*\d+\s+(?<op>[A-Za-z]\w*)\s+(?:\d+\s+)?(?<ms>\d+\.\d{3})\s+\d+\.\d+\s*%/,
    row: ({ op, ms }) => ({ op, ms: Number(ms) }),
  },
];

/** The log in the first format of which it has a line; undefined where it has none. */
export function readLineLog(text: string): ProfileLog | undefined {
  const lines = text.split(/\r?\n/);
  for (const { format, line, row } of FORMATS) {
    const rows = lines.flatMap((one, at): LogRow[] => {
      const groups = line.exec(one)?.groups;
      return groups ? [{ line: at + 1, ...row(groups) }] : [];
    });
    if (rows.length > 0) return { format, rows };
  }
  return undefined;
}

/**
 * Ticks a second of a MicroProfiler log, by the whole ms that it prints beside them: the first of these rates with which every
 * line is right; undefined where none is.
 */
export function tickRateOf(text: string, candidatesHz: readonly number[]): number | undefined {
  const pairs = [...text.matchAll(/took (\d+) ticks \((\d+) ms\)/g)].map(([, ticks, ms]) => [
    Number(ticks),
    Number(ms),
  ]);
  if (pairs.every(([, ms]) => ms === 0)) return undefined;
  const fits = (hz: number) => pairs.every(([ticks, ms]) => Math.floor((ticks * 1e3) / hz) === ms);
  return candidatesHz.find(fits);
}
