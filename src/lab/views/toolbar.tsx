import { commandOf } from 'inferscope/experiments';
import { cycleTypeScale, togglePin, typeScale } from '../state/look.ts';
import { openChosen } from '../state/files.ts';
import { linkOf } from '../state/page-link.ts';
import { SaveMenu } from './save-menu.tsx';
import { undo } from '../state/lab-simulation.ts';
import { experiment, isHelpOpen, notice, pinned } from '../state/lab-store.ts';

async function copy(text: string, what: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    notice.value = `${what} copied: ${text.length > 600 ? `${text.slice(0, 597)}...` : text}`;
  } catch {
    notice.value = `${what}: ${text}`;
  }
}

/** Name, what the page is about, and what can be done with the whole of it. */
export function Toolbar() {
  return (
    <header class="toolbar">
      <h1>inferscope Lab</h1>
      <p class="about">chips race, in simulation</p>
      <nav aria-label="Page">
        <label class="file-button">
          Open a file...
          <input
            type="file"
            accept=".tflite,.kmodel,.kfpkg,.json"
            onChange={(event) => openChosen(event.currentTarget)}
          />
        </label>
        <SaveMenu onCommand={() => void copy(commandOf(experiment.value), 'Command')} />
        <button type="button" onClick={undo} title="Ctrl-Z">
          Undo
        </button>
        <button type="button" aria-pressed={pinned.value !== undefined} onClick={togglePin}>
          Pin A
        </button>
        <button type="button" onClick={() => void copy(linkOf(), 'Link')}>
          Copy link
        </button>
        <button
          type="button"
          onClick={cycleTypeScale}
          aria-pressed={typeScale.value !== 1}
          title="Larger type, for a projector"
        >
          A+
        </button>
        <button
          type="button"
          onClick={() => (isHelpOpen.value = !isHelpOpen.value)}
          aria-pressed={isHelpOpen.value}
        >
          ?
        </button>
      </nav>
    </header>
  );
}
