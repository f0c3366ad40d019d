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

function giveUp(why: string): void {
  for (const one of [predicting, whole]) one?.then(({ end }) => end()).catch(() => undefined);
  [predicting, whole, wholeReady] = [undefined, undefined, undefined];
  isAsking = false;
  lost.value = why;
}

/** A promise of the worker, which never settles where the worker is dead: then this rejects and the banner stands. */
async function orLost<T>(call: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      giveUp('it does not answer any more');
      reject(new Error('the simulation stopped'));
    }, CALL_MS);
  });
  try {
    return await Promise.race([call, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Asks the simulation for a prediction. Rejects with what it throws, or where it is gone. */
export async function callLab<T>(call: (lab: PredictRemote) => Promise<T>): Promise<T> {
  const { lab } = wholeReady ?? (await (predicting ??= connectPredict(giveUp)));
  return orLost(call(lab));
}

/** Starts the worker that does all, ahead of its first use. */
export function warmUp(): Promise<Connection<LabRemote>> {
  whole ??= connectLab(giveUp).then((ready) => (wholeReady = ready));
  return whole;
}

/** Asks for what a prediction does not need: files, arithmetic, conversions. Rejects with what it throws, or where it is gone. */
export async function callWhole<T>(call: (lab: LabRemote) => Promise<T>): Promise<T> {
  const { lab } = await warmUp();
  return orLost(call(lab));
}

const hasMoved = (from: Experiment, to: Experiment) => JSON.stringify(from) !== JSON.stringify(to);

async function answerNewest(): Promise<void> {
  if (isAsking) return;
  isAsking = true;
  while (waiting) {
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

/** Starts the worker, also again after it was lost, and answers what stands. */
export async function startSimulation(): Promise<void> {
  lost.value = undefined;
  try {
    await refreshBoards();
    waiting = experiment.value;
    await answerNewest();
  } catch (error) {
    lost.value ??= (error as Error).message;
  }
}
