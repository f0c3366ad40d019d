import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect } from 'vitest';
import { launchBrowser } from './browser.ts';
import { labPlace, quietPage, type LabPlace } from './lab-browser.ts';
import { needs } from './needs.ts';

const chromium = needs('chromium');

/** A camera that shows a moving test picture, and is allowed without a question. */
const FAKE_CAMERA = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'];

/** What a test of the Lab has: a page of its own, and what that complained of, which is to be nothing in the end. */
export interface LabUnderTest {
  browser: Browser;
  place: LabPlace;
  page: Page;
  trouble: string[];
}

/** Tests of the Lab as one file and over http; `lab` is filled before each of them. */
export function describeLab(title: string, tests: (lab: LabUnderTest, kind: 'file' | 'http') => void): void {
  describe.skipIf(chromium.missing).each(['file', 'http'] as const)(
    `${title} over %s${chromium.reason}`,
    (kind) => {
      const lab = {} as LabUnderTest;
      beforeAll(async () => {
        [lab.browser, lab.place] = await Promise.all([launchBrowser(FAKE_CAMERA), labPlace(kind)]);
      });
      afterAll(async () => {
        await lab.browser.close();
        lab.place.close();
      });
      beforeEach(async () => {
        lab.trouble = [];
        lab.page = await quietPage(lab.browser, lab.place, lab.trouble);
      });
      afterEach(async () => {
        await lab.page.context().close();
        expect(lab.trouble).toEqual([]);
      });
      tests(lab, kind);
    },
  );
}
