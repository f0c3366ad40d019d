import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { psFromMs } from 'inferscope/experiments';
import { callWhole } from '../../state/lab-simulation.ts';
import { experiment, listings } from '../../state/lab-store.ts';
import { resourceText } from '../../worker/lab-resource.ts';
import type { ScriptEditor } from './editor.ts';
import type { ExampleScript } from './example-scripts.ts';
import { loadWorkbench } from './load-workbench.ts';
import { Oscilloscope } from './oscilloscope.tsx';
import { RunOutput } from './run-output.tsx';
import { lineOf } from './run-sentence.ts';
import { runScript, runState, scriptEnd, spareWorker, stopScript } from './script-run.ts';

const LIMITS = [
  { limitMs: 1e3, text: '1 s' },
  { limitMs: 2e3, text: '2 s' },
  { limitMs: 1e4, text: '10 s' },
  { limitMs: 6e4, text: '1 min' },
  { limitMs: 3.6e6, text: 'an hour' },
] as const;

/** The text that is in the editor while the tab is not open. */
let keptText: { readonly board: string; readonly text: string; readonly example: number } | undefined;

/** Boards that run scripts, those of the experiment first. */
function scriptBoards() {
  const { boards } = experiment.value;
  const able = listings.value.boards.filter(({ runsScripts }) => runsScripts);
  return [...able.filter(({ id }) => boards.includes(id)), ...able.filter(({ id }) => !boards.includes(id))];
}

async function examplesOf(board: string): Promise<ExampleScript[]> {
  const weights = await resourceText('weights.json');
  const [worker, files] = await Promise.all([
    spareWorker(),
    callWhole((lab) => lab.boardFiles(experiment.value, board, weights)),
  ]);
  return worker.service.examples(files.board);
}

/** Everything of the tab that is no picture: the board, its examples, the editor and what they are doing. */
function useBench() {
  const place = useRef<HTMLDivElement>(null);
  const editor = useRef<ScriptEditor | undefined>(undefined);
  const board = useSignal(keptText?.board ?? scriptBoards()[0]?.id ?? '');
  const examples = useSignal<readonly ExampleScript[]>([]);
  const chosen = useSignal(keptText?.example ?? 0);
  const limitMs = useSignal<number>(1e4);
  const error = useSignal<string | undefined>(undefined);
  const isReady = useSignal(false);
  const example = () => examples.value[chosen.value];
  const run = () => {
    if (!isReady.value) return;
    editor.current!.mark(undefined);
    const order = { board: board.value, source: editor.current!.text(), limitPs: psFromMs(limitMs.value) };
    void runScript({ ...order, example: example() });
  };
  const choose = (at: number) => {
    chosen.value = at;
    editor.current?.replace(example()?.source ?? '');
  };
  useEffect(() => {
    let isOpen = true;
    loadWorkbench()
      .then(({ openEditor }) => {
        if (!isOpen) return;
        editor.current = openEditor(place.current!, run);
        editor.current.replace(keptText?.text ?? example()?.source ?? '');
        isReady.value = examples.value.length > 0;
      })
      .catch((reason: Error) => (error.value = reason.message));
    return () => {
      isOpen = false;
      if (editor.current) {
        keptText = { board: board.value, text: editor.current.text(), example: chosen.value };
      }
      editor.current?.close();
    };
  }, []);
  useEffect(() => {
    examplesOf(board.value)
      .then((found) => {
        examples.value = found;
        if (keptText?.board !== board.value) choose(0);
        keptText = undefined;
        isReady.value = editor.current !== undefined;
      })
      .catch((reason: Error) => (error.value = reason.message));
  }, [board.value]);
  useEffect(() => {
    if (scriptEnd.value) editor.current?.mark(lineOf(scriptEnd.value, example()?.name ?? ''));
  }, [scriptEnd.value]);
  return { place, board, examples, chosen, limitMs, error, isReady, run, choose };
}

type Bench = ReturnType<typeof useBench>;

function Choices({ board, examples, chosen, choose, limitMs }: Bench) {
  return (
    <>
      <label>
        Board{' '}
        <select
          aria-label="Board for the script"
          value={board.value}
          onChange={({ currentTarget }) => (board.value = currentTarget.value)}
        >
          {scriptBoards().map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label>
        Script{' '}
        <select
          aria-label="Example script"
          value={chosen.value}
          onChange={({ currentTarget }) => choose(Number(currentTarget.value))}
        >
          {examples.value.map(({ name }, at) => (
            <option key={name} value={at}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label>
        for{' '}
        <select
          aria-label="Time of the board at most"
          value={limitMs.value}
          onChange={({ currentTarget }) => (limitMs.value = Number(currentTarget.value))}
        >
          {LIMITS.map((limit) => (
            <option key={limit.text} value={limit.limitMs}>
              {limit.text}
            </option>
          ))}
        </select>
      </label>
    </>
  );
}

/** A script in an editor, run on a virtual board in a worker of its own: output, screen and pins as they come. */
export function Firmware() {
  const bench = useBench();
  const isBusy = runState.value === 'starting' || runState.value === 'running';
  return (
    <>
      <p class="key">
        MicroPython with the modules of the board's firmware, timed as on the board. The paper's measuring
        loop comes first: its pin is high while the network runs.
      </p>
      <div class="bench-controls">
        <Choices {...bench} />
        <button type="button" disabled={isBusy || !bench.isReady.value} onClick={bench.run}>
          Run
        </button>
        <button type="button" disabled={!isBusy} onClick={stopScript}>
          Stop
        </button>
      </div>
      {bench.error.value !== undefined && <p class="refusal">{bench.error.value}</p>}
      <div class="bench">
        <div class="editor" ref={bench.place} />
        <RunOutput script={bench.examples.value[bench.chosen.value]?.name ?? ''} />
      </div>
      <Oscilloscope />
    </>
  );
}
