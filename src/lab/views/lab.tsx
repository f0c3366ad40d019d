import { paperOptionsOf } from 'inferscope/experiments';
import { answer, experiment, lost, notice } from '../state/lab-store.ts';
import { restartSimulation } from '../state/kept-files.ts';
import { openLesson } from '../state/learner.ts';
import { isSeen } from '../state/pad-ink.ts';
import { isHovering } from '../state/files.ts';
import { Tabs } from '../tabs/tabs.tsx';
import { Chips } from './chips.tsx';
import { Computes } from './computes.tsx';
import { Controls } from './controls.tsx';
import { Fits } from './fits.tsx';
import { Help } from './help.tsx';
import { Lead } from './lead.tsx';
import { LessonPanel } from './lesson-panel.tsx';
import { Numbers } from './numbers.tsx';
import { Sentence } from './sentence.tsx';
import { Toolbar } from './toolbar.tsx';
import { WhatIf } from './what-if.tsx';
import { When } from './when.tsx';
import { Why } from './why.tsx';

function Banners() {
  return (
    <div class="banners" role="status">
      {lost.value !== undefined && (
        <p class="banner lost">
          The simulation stopped: {lost.value}.{' '}
          <button type="button" onClick={() => void restartSimulation()}>
            Restart
          </button>
        </p>
      )}
      {notice.value !== undefined && (
        <p class="banner">
          {notice.value}{' '}
          <button type="button" onClick={() => (notice.value = undefined)}>
            Close
          </button>
        </p>
      )}
    </div>
  );
}

/**
 * Pictures beside one another. A file has no curve over filters: where a lesson fills the other column its causes stand
 * there. Values take a row of their own.
 */
function Columns() {
  const hasCurve = paperOptionsOf(experiment.value) !== undefined;
  const hasValues = isSeen();
  const isTaught = openLesson.value !== undefined;
  return (
    <div class="columns">
      <div class="wide">
        <When />
        {hasCurve ? <WhatIf /> : isTaught && <Why />}
        <div class="pair">
          <Computes />
          {!hasValues && <Fits />}
        </div>
      </div>
      <div class="narrow">
        <LessonPanel />
        {(hasCurve || !isTaught) && <Why />}
        {hasValues && <Fits />}
      </div>
    </div>
  );
}

/** The whole page. */
export function Lab() {
  return (
    <>
      <Toolbar />
      <main>
        <Help />
        <Banners />
        {isHovering.value && (
          <p class="drop-here">Drop the file: it is read here, nothing leaves this computer.</p>
        )}
        {answer.value && (
          <>
            <Lead />
            <Chips />
            <Numbers />
            <Sentence />
            <Controls />
            <Columns />
            <Tabs />
          </>
        )}
      </main>
    </>
  );
}
