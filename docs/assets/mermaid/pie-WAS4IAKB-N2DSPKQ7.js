import{a as e,b as r}from"./chunk-72QLSRFG.js";import"./chunk-F4FWBINX.js";import"./chunk-SQE76S5B.js";export{e as PieModule,r as createPieServices};
