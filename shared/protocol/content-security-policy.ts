/**
 * Sent with every page and file of the app, from the disk of the shell and from the server. The page may load itself and nothing else.
 * WebAssembly is allowed for the scanner and the PIN's hash, blob workers for the scanner; the component library styles itself with
 * inline style sheets.
 */
export const contentSecurityPolicy = [
	"default-src 'self'",
	"script-src 'self' 'wasm-unsafe-eval'",
	"worker-src 'self' blob:",
	"style-src 'self' 'unsafe-inline'",
	"img-src 'self' data: blob:",
	"font-src 'self' data:",
	"media-src 'self' data: blob:",
	"connect-src 'self'",
	"frame-src 'self' blob:",
	"object-src 'none'",
	"base-uri 'none'",
	"form-action 'none'",
	"frame-ancestors 'none'",
].join('; ');
