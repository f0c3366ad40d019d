import type { Experiment } from 'inferscope/experiments';
import { connectLab, connectPredict } from '../worker/connect.ts';
import type { Connection, LabRemote, PredictRemote } from '../worker/connect.ts';
import { answer, before, curves, experiment, listings, lost, notice } from './lab-store.ts';

const CALL_MS = 20_000;

/** The worker that predicts, and the one that does all: once it is there it is asked everything, and the other is idle. */
let predicting: Promise<Connection> | undefined;
let whole: Promise<Connection<LabRemote>> | undefined;
let wholeReady: Connection<LabRemote> | undefined;
/** The newest experiment that waits; older ones that nobody looks at any more are not answered. */
let waiting: Experiment | undefined;
let isAsking = false;
const undone: Experiment[] = [];

/** Raised by every loss: what a worker of an earlier start still says is not heard. */
let start = 0;

function giveUp(why: string): void {
  start += 1;
  for (const one of [predicting, whole]) one?.then(({ end }) => end(why)).catch(() => undefined);
  [predicting, whole, wholeReady] = [undefined, undefined, undefined];
  lost.value = why;
}

function onLost(): (why: string) => void {
  const mine = start;
  return (why) => void (mine === start && giveUp(why));
}

function requireRunning(): void {
  if (lost.value !== undefined) throw new Error('The simulation stopped; press Restart, then try again.');
}

/** What a worker says; rejects where it dies first or does not answer for long, and the banner stands. */
async function orLost<T>(call: Promise<T>, { died, end }: Connection): Promise<T> {
  const timer = setTimeout(() => end('it does not answer any more'), CALL_MS);
  try {
    return await Promise.race([call, died]);
  } finally {
    clearTimeout(timer);
  }
}

/** Asks the simulation for a prediction. Rejects with what it throws, or where it is gone. */
export async function callLab<T>(call: (lab: PredictRemote) => Promise<T>): Promise<T> {
  requireRunning();
  const connection = wholeReady ?? (await (predicting ??= connectPredict(onLost())));
  return orLost(call(connection.lab), connection);
}

/** Has the worker that does all answer what stands, and hands predictions over to it then: it is as quick as the other. */
async function handOver(starting: Promise<Connection<LabRemote>>): Promise<void> {
  const connection = await starting;
  const answered = connection.lab.ask(experiment.value) as Promise<unknown>;
  await orLost(answered, connection as unknown as Connection).catch(() => undefined);
  if (whole === starting) wholeReady = connection;
}

/** Starts the worker that does all, ahead of its first use. */
export function warmUp(): Promise<Connection<LabRemote>> {
  if (!whole) {
    whole = connectLab(onLost());
    handOver(whole).catch(() => undefined);
  }
  return whole;
}

/** Asks for what a prediction does not need: files, arithmetic, conversions. Rejects with what it throws, or where it is gone. */
export async function callWhole<T>(call: (lab: LabRemote) => Promise<T>): Promise<T> {
  requireRunning();
  const connection = await warmUp();
  // What it is given from now on, such as a file, the other has not.
  wholeReady = connection;
  return orLost(call(connection.lab), connection as unknown as Connection);
}

const hasMoved = (from: Experiment, to: Experiment) => JSON.stringify(from) !== JSON.stringify(to);

async function answerNewest(): Promise<void> {
  if (isAsking) return;
  isAsking = true;
  while (waiting && lost.value === undefined) {
    const asked = waiting;
    waiting = undefined;
    try {
      const result = await callLab((lab) => lab.ask(asked));
      if (answer.value && hasMoved(answer.value.experiment, asked)) before.value = answer.value;
      answer.value = result.answer;
      curves.value = result.curves;
    } catch (error) {
      if (lost.value === undefined) notice.value = (error as Error).message;
    }
  }
  isAsking = false;
}

/** Answers an experiment that comes from outside, and shows it; where it is refused this rejects and what stood stays. */
export async function showAsked(asked: unknown): Promise<void> {
  const result = await callLab((lab) => lab.ask(asked));
  experiment.value = result.answer.experiment;
  [answer.value, curves.value] = [result.answer, result.curves];
}

/** Asks another experiment; the views follow when it is answered. */
export function ask(next: Experiment): void {
  undone.push(experiment.value);
  experiment.value = next;
  notice.value = undefined;
  waiting = next;
  void answerNewest();
}

/** Goes back to the experiment before the last move. */
export function undo(): void {
  const last = undone.pop();
  if (!last) return;
  ask(last);
  undone.pop();
}

/** Asks again which boards there are: one was dropped. */
export async function refreshBoards(): Promise<void> {
  listings.value = await callLab((lab) => lab.listBoards());
}

/** Starts the worker and answers what stands; `again` is done first, as after a loss. */
export async function startSimulation(again: () => Promise<void> = () => Promise.resolve()): Promise<void> {
  lost.value = undefined;
  try {
    await again();
    await refreshBoards();
    waiting = experiment.value;
    await answerNewest();
  } catch (error) {
    lost.value ??= (error as Error).message;
  }
}
