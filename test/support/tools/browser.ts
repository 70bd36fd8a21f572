import { pathToFileURL } from 'node:url';
import axe from 'axe-core';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { commandTool, onPath } from './required-tools.ts';

export const chromiumBrowser = commandTool('chromium', 'apt-get install chromium');

export function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: onPath('chromium') ?? 'chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

/** A page of a file, and everything in it that should not be. */
export interface OpenPage {
  readonly page: Page;
  /** Requests for anything but the file, messages on the console, errors, violations of the policy. */
  readonly faults: readonly string[];
}

export async function openFile(
  browser: Browser,
  file: string,
  options: BrowserContextOptions = {},
): Promise<OpenPage> {
  const faults: string[] = [];
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const url = pathToFileURL(file).href;
  page.on('request', (request) => {
    if (request.url() !== url) faults.push(`request for ${request.url()}`);
  });
  page.on('console', (message) => faults.push(`console: ${message.text()}`));
  page.on('pageerror', (error) => faults.push(`error: ${error.message}`));
  page.on('dialog', (dialog) => {
    faults.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  await page.exposeFunction('reportViolation', (directive: string) => {
    faults.push(`violation of ${directive}`);
  });
  await page.addInitScript(`addEventListener('securitypolicyviolation', (event) => {
    reportViolation(event.violatedDirective);
  });`);
  await page.goto(url);
  return { page, faults };
}

/** What axe-core finds that keeps people from using a page: `color-contrast: #date`. */
export async function seriousIssues(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate<{
    violations: { id: string; impact: string; nodes: { target: string[] }[] }[];
  }>('axe.run()');
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
}
