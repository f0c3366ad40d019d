/*
 * A Redis is open to whoever reaches it: what is read there is taken for a notice or a job only where it is one.
 */
import { InferscopeError } from '../../errors.ts';
import { quote } from '../../models/graph/quote.ts';
import { planSweep, type SweepPlan } from '../study/run-plan.ts';
import type { BatchJob } from './jobs.ts';

/** What workers are told of a sweep that waits for them. */
export interface SweepNotice {
  readonly plan: SweepPlan;
  /** Checksum of the plan's first points, by which a worker of another build is found. */
  readonly probe: number;
}

/** What a worker tells of a batch that it has finished. */
export interface BatchNotice {
  readonly batch: number;
  readonly failed: number;
  readonly worker: string;
  /** The batch lies in the shared folder, not in Redis. */
  readonly isStored: boolean;
}

const MOST_NAME_LETTERS = 200;
const KEY = /^[0-9a-f]{8,128}(-\d{1,15})?$/;

function parseObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;

/** What a worker told of a batch; undefined where the text says no such thing. */
export function parseBatchNotice(text: string | null): BatchNotice | undefined {
  const { batch, failed, worker, isStored } = (text === null ? undefined : parseObject(text)) ?? {};
  if (!isCount(batch) || !isCount(failed) || typeof isStored !== 'boolean') return undefined;
  if (typeof worker !== 'string' || worker.length > MOST_NAME_LETTERS) return undefined;
  return { batch, failed, worker: worker.replace(/[^\x20-\x7e]/g, '?'), isStored };
}

/** Whether a key is one that sweeps are announced under. */
export function isSweepKey(key: string): boolean {
  return KEY.test(key);
}

/** Whether these are batches of a sweep. */
export function isBatchJob(data: unknown, { batches }: SweepPlan): data is BatchJob {
  const listed = (data as { readonly batches?: unknown } | null)?.batches;
  return Array.isArray(listed) && listed.every((batch) => isCount(batch) && batch < batches);
}

function samePlan(plan: SweepPlan, version: string): boolean {
  const { space, boards, batchPoints, key, points, batches } = plan;
  const made = planSweep(space, boards, { version, batchPoints });
  return made.key === key && made.points === points && made.batches === batches;
}

/**
 * What is announced under a key, for workers of a version; or why it cannot be worked at, in a few words: no notice, one of
 * another version, a plan that does not agree with itself.
 */
export function parseSweepNotice(text: string, key: string, version: string): SweepNotice | string {
  const notice = parseObject(text) as Partial<SweepNotice> | undefined;
  const plan = notice?.plan;
  if (typeof plan !== 'object' || plan === null || !isCount(notice?.probe)) return 'is no notice of a sweep';
  if (plan.version !== version) {
    const wanted = typeof plan.version === 'string' ? quote(plan.version) : 'another version';
    return `wants workers of inferscope ${wanted}, this is ${version}; install that version`;
  }
  try {
    return plan.key === key && samePlan(plan, version) ? (notice as SweepNotice) : 'is no plan of its key';
  } catch (error) {
    return error instanceof InferscopeError ? `cannot be run: ${error.message}` : 'is no plan of a sweep';
  }
}
