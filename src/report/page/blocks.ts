import { unpackText } from './unpack.ts';

/** What a data block of the page holds. */
export function blockText(id: string): string {
  const block = document.getElementById(id);
  if (block === null) throw new Error(`the page has no block ${id}`);
  return block.textContent ?? '';
}

/** What the charts of all runs share; see `study-data` in `report-page.ts`. */
export interface StudyData {
  /** Id of the analyzed series. */
  readonly analyzed: string;
  /** What the series are called, by id. */
  readonly metrics: Readonly<Record<string, string>>;
  readonly theme: Readonly<Record<string, object>>;
  /** See `explorerTemplate`. */
  readonly template: object;
}

let study: StudyData | undefined;

export function studyData(): StudyData {
  study ??= JSON.parse(blockText('study-data')) as StudyData;
  return study;
}

/** As much of vega-embed as the page uses. */
export type VegaEmbed = (
  place: Element,
  spec: object,
  options: object,
) => Promise<{ readonly finalize: () => void }>;

let loading: Promise<VegaEmbed> | undefined;

/** Runs the chart libraries, once somebody wants a chart. */
export function chartLibrary(): Promise<VegaEmbed> {
  loading ??= unpackText(blockText('chart-libraries')).then((code) => {
    const script = document.createElement('script');
    script.textContent = code;
    document.head.append(script);
    return (globalThis as unknown as { readonly vegaEmbed: VegaEmbed }).vegaEmbed;
  });
  return loading;
}
