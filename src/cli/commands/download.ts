import { Command } from 'commander';
import { datasetSources } from '../../datasets/dataset-sources.ts';
import { downloadDataset } from '../../datasets/download.ts';
import { type Progress, startProgress } from '../progress.ts';
import { print } from '../terminal.ts';

interface DownloadFlags {
  readonly out: string;
  readonly from?: string;
  readonly quiet?: boolean;
}

export function downloadCommand(): Command {
  const names = Object.keys(datasetSources);
  return new Command('download')
    .description('Fetch the files of data sets, checked against their published digests')
    .argument('<data-sets...>', names.join(', '))
    .option('-o, --out <folder>', 'each data set gets a folder of its own in it', 'data')
    .option('--from <place>', 'another address or a folder that holds the files')
    .option('-q, --quiet', 'no progress, only the folders')
    .addHelpText(
      'after',
      `
Files that are there already are kept; a transfer that broke off is taken up again.

Examples:
  $ rankscope download mnist ag_news --out data
  $ rankscope download mnist --from /mnt/mirror/mnist --out data
  $ rankscope train --architectures mlp_narrow --datasets mnist --data data --out my-study`,
    )
    .action(async (wanted: string[], { out, from, quiet }: DownloadFlags) => {
      for (const name of wanted) {
        print(`${name}: ${await downloadWithProgress(name, out, from, quiet)}`);
      }
    });
}

/** A bar for every file of which the server says how long it is. */
async function downloadWithProgress(
  name: string,
  folder: string,
  from?: string,
  quiet?: boolean,
): Promise<string> {
  const bars = new Map<string, Progress>();
  const barOf = (file: string, total: number | null): Progress => {
    if (!bars.has(file)) {
      for (const bar of bars.values()) bar.stop();
      bars.set(file, startProgress('Download', total ?? 0, quiet));
    }
    return bars.get(file)!;
  };
  try {
    return await downloadDataset(name, folder, {
      from,
      onProgress: (file, done, total) => barOf(file, total).update(done, file),
    });
  } finally {
    for (const bar of bars.values()) bar.stop();
  }
}
