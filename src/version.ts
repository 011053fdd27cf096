/** Version of hasim, as in package.json (a test compares them); here so that the library needs no file to know it. */
export const VERSION = '0.1.0';
