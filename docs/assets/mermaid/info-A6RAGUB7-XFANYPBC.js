import{a as o,b as e}from"./chunk-KIKOYZ3Y.js";import"./chunk-F4FWBINX.js";import"./chunk-SQE76S5B.js";export{o as InfoModule,e as createInfoServices};
