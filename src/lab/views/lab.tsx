import { answer, lost, notice } from '../state/lab-store.ts';
import { startSimulation } from '../state/lab-simulation.ts';
import { Controls } from './controls.tsx';
import { Fits } from './fits.tsx';
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
          <button type="button" onClick={() => void startSimulation()}>
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

/** The whole page. */
export function Lab() {
  return (
    <>
      <Toolbar />
      <main>
        <Banners />
        {answer.value && (
          <>
            <Numbers />
            <Sentence />
            <Controls />
            <div class="columns">
              <div class="wide">
                <When />
                <WhatIf />
              </div>
              <div class="narrow">
                <Why />
                <Fits />
              </div>
            </div>
          </>
        )}
      </main>
    </>
  );
}
