import{a as e,b as r}from"./chunk-EE6VSO4L.js";import"./chunk-F4FWBINX.js";import"./chunk-SQE76S5B.js";export{e as CynefinModule,r as createCynefinServices};
