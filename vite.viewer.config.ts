import { defineConfig } from 'vite';

// The viewer of a report page: one script and one style sheet, which the command puts into the page.
// It is the same whoever builds it: tests run with another NODE_ENV, under which JSX would carry the names of files with it.
process.env['NODE_ENV'] = 'production';

export default defineConfig({
  mode: 'production',
  logLevel: 'warn',
  root: 'src/viewer',
  build: {
    outDir: '../../dist/viewer',
    emptyOutDir: true,
    target: 'es2022',
    lib: {
      entry: 'main.tsx',
      formats: ['iife'],
      name: 'hasim',
      fileName: () => 'viewer.js',
      cssFileName: 'viewer',
    },
  },
});
