/** What kind of symbol carried a code, where the reader can tell. A keyboard scanner usually can't. */
export type Symbology =
	| 'ean_8'
	| 'ean_13'
	| 'upc_a'
	| 'upc_e'
	| 'itf'
	| 'code_39'
	| 'code_93'
	| 'codabar'
	| 'code_128'
	| 'databar'
	| 'databar_expanded'
	| 'qr_code'
	| 'data_matrix'
	| 'aztec'
	| 'pdf_417'
	| 'other';
