import { signal } from '@preact/signals';
import { proxy } from 'comlink';
import type { GuestNews } from 'inferscope/firmware';
import { callWhole } from '../../state/lab-simulation.ts';
import { experiment } from '../../state/lab-store.ts';
import type { BoardFiles } from '../../worker/files-on-board.ts';
import { resourceText } from '../../worker/lab-resource.ts';
import type { ExampleScript } from './example-scripts.ts';
import type { ScriptEnd } from './firmware-worker.ts';
import { addEdges, clearEdges } from './pin-edges.ts';
import { startFirmwareWorker, type FirmwareWorker } from './start-worker.ts';

/** Where a run stands; `stopped` by the reader. */
export type RunState = 'idle' | 'starting' | 'running' | 'ended' | 'stopped' | 'failed';

export const runState = signal<RunState>('idle');
/** Why a run failed that is no fault of the script. */
export const failure = signal<string | undefined>(undefined);
/** A sentence about the network on the board. */
export const modelNote = signal('');
export const printed = signal('');
export const boardPs = signal(0);
/** URL of the picture on the screen. */
export const screenUrl = signal<string | undefined>(undefined);
export const scriptEnd = signal<ScriptEnd | undefined>(undefined);

/** The worker that waits for the next run. */
let spare: Promise<FirmwareWorker> | undefined;
let running: FirmwareWorker | undefined;
/** Which run is the newest: what older ones still say is not heard. */
let newest = 0;

/** A worker with an untouched board: the one that waits, or a new one. */
export function spareWorker(): Promise<FirmwareWorker> {
  spare ??= startFirmwareWorker();
  spare.catch(() => (spare = undefined));
  return spare;
}

function showScreen(png: Uint8Array | undefined): void {
  if (!png) return;
  if (screenUrl.value !== undefined) URL.revokeObjectURL(screenUrl.value);
  screenUrl.value = URL.createObjectURL(new Blob([png as Uint8Array<ArrayBuffer>], { type: 'image/png' }));
}

function hear(news: GuestNews): void {
  if (runState.value === 'starting') runState.value = 'running';
  if (news.stdout !== '') printed.value += news.stdout;
  boardPs.value = news.simulatedPs;
  addEdges(news.edges);
  showScreen(news.displayPng);
}

function clear(): void {
  [runState.value, failure.value, printed.value, boardPs.value] = ['starting', undefined, '', 0];
  [screenUrl.value, scriptEnd.value] = [undefined, undefined];
  clearEdges();
}

/** What a run is asked for. */
export interface RunOrder {
  readonly board: string;
  readonly source: string;
  readonly limitPs: number;
  /** The example that the script was made of. */
  readonly example: ExampleScript | undefined;
}

const PICTURE_SIDE = 28;

/** What lies on the board and what its camera sees, in a sentence. */
function noteOf({ model, refusal }: BoardFiles, example: ExampleScript | undefined): string {
  const sees =
    example?.picture === undefined ? 'Its camera sees ten digits.' : `Its camera sees ${example.picture}.`;
  const name = example?.model ?? model?.name;
  return name === undefined ? `No network on the board: ${refusal}` : `On the board: ${name}. ${sees}`;
}

async function requestOf({ board, source, limitPs, example }: RunOrder) {
  const weights = await resourceText('weights.json');
  const files = await callWhole((lab) => lab.boardFiles(experiment.value, board, weights));
  modelNote.value = noteOf(files, example);
  const script = { name: example?.name ?? 'main.py', source };
  const pictures = files.pictures.map((picture) => {
    return { ...picture, width: PICTURE_SIDE, height: PICTURE_SIDE, channels: 1 as const };
  });
  return {
    ...{ board: files.board, script, limitPs, pictures },
    ...(files.model && { model: files.model }),
  };
}

/** Runs a script; what it gives comes as signals. What is no fault of the script becomes a failure of one line. */
export async function runScript(order: RunOrder): Promise<void> {
  stopScript();
  clear();
  const mine = ++newest;
  try {
    const [worker, request] = await Promise.all([spareWorker(), requestOf(order)]);
    if (mine !== newest) return;
    [running, spare] = [worker, undefined];
    const tell = proxy((news: GuestNews) => mine === newest && hear(news));
    const run = worker.service.run({ ...request, ...(order.example && { example: order.example }) }, tell);
    const end = await Promise.race([run, worker.died]);
    if (mine !== newest) return;
    scriptEnd.value = end;
    showScreen(end.displayPng);
    boardPs.value = end.simulatedPs;
    runState.value = 'ended';
  } catch (error) {
    if (mine !== newest) return;
    [failure.value, runState.value] = [(error as Error).message, 'failed'];
  }
  endRunning();
}

function endRunning(): void {
  running?.end();
  running = undefined;
  spareWorker().catch(() => undefined);
}

/** Ends a run where it is, whatever it does; what it gave stays. */
export function stopScript(): void {
  if (runState.value !== 'starting' && runState.value !== 'running') return;
  newest += 1;
  runState.value = 'stopped';
  endRunning();
}
