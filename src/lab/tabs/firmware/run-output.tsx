import { formatMs, msFromPs } from 'inferscope/experiments';
import { boardPs, failure, modelNote, printed, runState, screenUrl, scriptEnd } from './script-run.ts';
import { endNotes, endSentence } from './run-sentence.ts';

/** Characters that are shown: a page with a megabyte of text is slow. */
const SHOWN = 20_000;

function statusOf(script: string): string {
  const elapsed = `${formatMs(msFromPs(boardPs.value))} of the board's time`;
  switch (runState.value) {
    case 'idle':
      return 'Not run yet: press Run, or Ctrl-Enter in the editor.';
    case 'starting':
      return 'Starting the board ...';
    case 'running':
      return `Running: ${elapsed} so far`;
    case 'stopped':
      return `Stopped by you after ${elapsed}; what it gave until then stands here.`;
    case 'failed':
      return `${failure.value}`;
    case 'ended':
      return `${endSentence(scriptEnd.value!, script)}, after ${elapsed}.`;
  }
}

/** What the script printed, how its run stands and what the board's screen shows. */
export function RunOutput({ script }: { readonly script: string }) {
  const text = printed.value;
  const isWrong = runState.value === 'failed' || scriptEnd.value?.exception !== undefined;
  return (
    <div class="run-output">
      <p class={isWrong ? 'refusal' : 'key'} role="status" data-run={runState.value}>
        {statusOf(script)}
      </p>
      {scriptEnd.value && endNotes(scriptEnd.value).map((note) => <p key={note}>{note}</p>)}
      {modelNote.value !== '' && <p class="key">{modelNote.value}</p>}
      {text.length > SHOWN && (
        <p class="key">
          The last {SHOWN} characters of {text.length}:
        </p>
      )}
      <pre class="scroll" tabIndex={0} role="log" aria-label="Output of the script">
        {text.slice(-SHOWN)}
      </pre>
      {screenUrl.value !== undefined && (
        <img class="board-screen" src={screenUrl.value} alt="What the board's screen shows" />
      )}
    </div>
  );
}
