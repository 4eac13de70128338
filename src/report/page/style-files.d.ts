/** Styles are bundled beside the script; see packaging/bundle-pages.mjs. */
declare module '*.css';
