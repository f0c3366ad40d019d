import { readFileSync, readdirSync } from 'node:fs';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { DOKIC_2021, DOKIC_2021_NETWORKS } from '../src/calibrate/measurements/dokic-2021.ts';
import { K210_FACE_DEQUANTIZE, K210_LAYER_SOURCES } from '../src/calibrate/measurements/k210-layers.ts';
import { WHOLE_CALL_FILTERS, WHOLE_CALLS } from '../src/calibrate/measurements/whole-call-counts.ts';

type Row = Readonly<Record<string, string>>;

const DATA = new URL('../data/', import.meta.url);
const README = readFileSync(new URL('README.md', DATA), 'utf8');
const TABLES = readdirSync(DATA).filter((name) => name.endsWith('.csv'));

function readTable(name: string): { readonly columns: readonly string[]; readonly rows: readonly Row[] } {
  const text = readFileSync(new URL(name, DATA), 'utf8').trimEnd();
  const { data, meta, errors } = Papa.parse<Row>(text, { header: true });
  expect(errors).toEqual([]);
  return { columns: meta.fields ?? [], rows: data };
}

/** The part of the README under the heading that is the table's name. */
const sectionOf = (name: string): string => README.split(`\n## ${name}\n`)[1]?.split('\n## ')[0] ?? '';

describe.each(TABLES)('data/%s', (name) => {
  const { columns, rows } = readTable(name);

  it('has as many rows as data/README.md says', () => {
    expect(README).toMatch(
      new RegExp(`^\\| \\[${name.replace('.', '\\.')}\\]\\(#[\\w-]+\\) \\| ${rows.length} \\|`, 'm'),
    );
  });

  it('has only columns that data/README.md explains', () => {
    const inherited = name === 'instruction-counts-2.csv' ? sectionOf('instruction-counts.csv') : '';
    const explained = sectionOf(name) + inherited;
    expect(columns.filter((column) => !explained.includes(`\`${column}\``))).toEqual([]);
  });
});

it('published and counted rows are told apart by their keys', () => {
  for (const [name, key] of [
    ['measured.csv', 'id'],
    ['frames.csv', 'id'],
    ['openmv-libtf-invoke-counts.csv', 'model'],
  ] as const) {
    const { rows } = readTable(name);
    expect(new Set(rows.map((row) => row[key])).size).toBe(rows.length);
  }
});

describe('what src carries of the tables is what they say', () => {
  it('the paper: both times, accuracies and sizes', () => {
    const { rows } = readTable('dokic-2021.csv');
    const column = (name: string) => rows.map((row) => Number(row[name]));
    const [k210, m7] = DOKIC_2021.map((table) => table.rows.map((row) => row.measuredMs));
    expect({ k210, m7 }).toEqual({ k210: column('maixduino_ms'), m7: column('openmv_h7_plus_ms') });
    expect(DOKIC_2021_NETWORKS.map(({ accuracy }) => accuracy)).toEqual(column('accuracy'));
    expect(DOKIC_2021_NETWORKS.map(({ fileKib }) => fileKib)).toEqual(column('tflite_kb'));
  });

  it('layers of the K210: time, clocks and shapes', () => {
    const byId = new Map(readTable('measured.csv').rows.map((row) => [row['id'], row]));
    for (const { layers, coreHz, kpuHz } of K210_LAYER_SOURCES) {
      for (const { id, measuredMs, layer } of layers) {
        const row = byId.get(id);
        expect({ id, ms: Number(row?.['latency_ms']), in: row?.['in_shape'] }).toEqual({
          id,
          ms: measuredMs,
          in: `${layer.inH}x${layer.inW}x${layer.inC}`,
        });
        expect([Number(row?.['clock_mhz']), Number(row?.['acc_clock_mhz'])]).toEqual([
          coreHz / 1e6,
          kpuHz / 1e6,
        ]);
      }
    }
    expect(Number(byId.get(K210_FACE_DEQUANTIZE.id)?.['latency_ms'])).toBe(K210_FACE_DEQUANTIZE.measuredMs);
  });

  it('whole calls of OpenMV, by kernel and filters', () => {
    const byModel = new Map(
      readTable('openmv-libtf-invoke-counts.csv').rows.map((row) => [
        row['model'],
        Number(row['invoke_instructions']),
      ]),
    );
    for (const { dtype, kernel, instructions } of WHOLE_CALLS) {
      const name = dtype === 'int8' ? 'int8' : 'float';
      const counted = WHOLE_CALL_FILTERS.map((filters) =>
        byModel.get(`paper-${name}_f${filters}_k${kernel}`),
      );
      expect(instructions).toEqual(counted);
    }
  });
});
