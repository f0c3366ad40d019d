import { deflateSync } from 'node:zlib';
import { answerExperiment } from '../../experiments/answer.ts';
import type { Experiment } from '../../experiments/experiment-state.ts';

/** Digits of a trace's hash that a link carries. */
const HASH_DIGITS = 16;

/** The fragment of an address by which the Lab shows an experiment, as its own "Copy link" writes it. Throws a SpecError for an unknown board. */
export function labFragment(experiment: Experiment): string {
  const hashes = answerExperiment(experiment).boards.map(
    ({ prediction }) => prediction?.traceHash.slice(0, HASH_DIGITS) ?? '',
  );
  const bytes = deflateSync(JSON.stringify({ experiment, hashes }), { level: 9 });
  return `#s=${bytes.toString('base64url')}`;
}
