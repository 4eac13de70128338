import type { Reporter, TestModule, Vitest } from 'vitest/node';
import { skipReason } from './skip-note.ts';

/** Says after a run which tests were skipped for which reason, so that nothing is skipped unseen. */
export class SkipReasonsReporter implements Reporter {
  /** Tests left out because their name was not asked for are no news. */
  private partial = false;

  onInit({ config }: Vitest): void {
    this.partial = config.testNamePattern !== undefined;
  }

  onTestRunEnd(modules: readonly TestModule[]): void {
    if (this.partial) return;
    const counts = new Map<string, number>();
    for (const module of modules) {
      for (const { fullName } of module.children.allTests('skipped')) {
        const reason = skipReason(fullName);
        counts.set(reason, (counts.get(reason) ?? 0) + 1);
      }
    }
    if (counts.size === 0) return;
    console.log('\nSkipped, and why:');
    for (const [reason, count] of counts) console.log(`${String(count).padStart(5)}  ${reason}`);
  }
}
