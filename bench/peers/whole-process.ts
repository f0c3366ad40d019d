/* The latency of a .tflite, from the start of the process to its end, beside Vela, which tells it of an Ethos-U55. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { MODELS } from '../kernel-contenders.ts';
import type { Comparison } from './race.ts';

const ROUNDS = 5;
const NETWORKS = ['resnet8_cifar10_int8', 'mobilenetv1_vww96_int8'];
const MAIN = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));

/** Processes a second; undefined where the command does not start. Throws an Error where it fails. */
function rateOf(command: string, args: readonly string[]): number | undefined {
  const start = process.hrtime.bigint();
  const { status, error, stderr } = spawnSync(command, args, { encoding: 'utf8' });
  if (error) return undefined;
  if (status !== 0) throw new Error(`${command} ended with ${status}: ${stderr}`);
  return 1e9 / Number(process.hrtime.bigint() - start);
}

const shown = (rate: number): string => `${(1 / rate).toFixed(2)} s`;

/** Comparisons of whole processes; none where the networks are not here. */
export function processComparisons(): Comparison[] {
  if (!existsSync(MODELS)) return [];
  const folder = mkdtempSync(join(tmpdir(), 'inferscope-vela-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  return NETWORKS.map((network) => {
    const path = fileURLToPath(new URL(`${network}.tflite`, MODELS));
    const vela = [path, '--accelerator-config', 'ethos-u55-128', '--output-dir', folder];
    return {
      work: `latency of ${network}.tflite, whole process`,
      ours: () => rateOf(process.execPath, [MAIN, 'predict', path, '--board', 'alif-ensemble-e8']),
      peers: [{ name: 'Vela', bar: 1, run: () => rateOf('vela', vela) }],
      shown,
      rounds: ROUNDS,
    };
  });
}
