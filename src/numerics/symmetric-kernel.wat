;; The inner loops of symmetric matrices, two float64 at a time. What they give to the bit is defined in
;; test/numerics/symmetric-kernel.test.ts; what they are for is said in symmetric-kernel.ts.
;;
;; Rows and vectors are addresses in bytes.
(module
  (import "env" "memory" (memory 0))

  ;; Inner products of three rows from $x0 with three rows from $y0, each $bytes long (two elements or none at a time): three rows of three
  ;; elements at $out, $outStride bytes apart. Each is the sum over even columns plus the sum over odd columns.
  ;;
  ;; Nine sums and their factors are what fits in sixteen registers.
  (func (export "innerProducts")
    (param $x0 i32) (param $y0 i32) (param $bytes i32) (param $out i32) (param $outStride i32)
    (local $x1 i32) (local $x2 i32) (local $y1 i32) (local $y2 i32) (local $end i32)
    (local $a0 v128) (local $a1 v128) (local $a2 v128) (local $b v128)
    (local $sum00 v128) (local $sum01 v128) (local $sum02 v128)
    (local $sum10 v128) (local $sum11 v128) (local $sum12 v128)
    (local $sum20 v128) (local $sum21 v128) (local $sum22 v128)
    (local.set $end (i32.add (local.get $x0) (local.get $bytes)))
    (local.set $x1 (local.get $end))
    (local.set $x2 (i32.add (local.get $x1) (local.get $bytes)))
    (local.set $y1 (i32.add (local.get $y0) (local.get $bytes)))
    (local.set $y2 (i32.add (local.get $y1) (local.get $bytes)))
    (block $done
      (loop $columns
        (br_if $done (i32.ge_u (local.get $x0) (local.get $end)))
        (local.set $a0 (v128.load (local.get $x0)))
        (local.set $a1 (v128.load (local.get $x1)))
        (local.set $a2 (v128.load (local.get $x2)))
        (local.set $b (v128.load (local.get $y0)))
        (local.set $sum00 (f64x2.add (local.get $sum00) (f64x2.mul (local.get $a0) (local.get $b))))
        (local.set $sum10 (f64x2.add (local.get $sum10) (f64x2.mul (local.get $a1) (local.get $b))))
        (local.set $sum20 (f64x2.add (local.get $sum20) (f64x2.mul (local.get $a2) (local.get $b))))
        (local.set $b (v128.load (local.get $y1)))
        (local.set $sum01 (f64x2.add (local.get $sum01) (f64x2.mul (local.get $a0) (local.get $b))))
        (local.set $sum11 (f64x2.add (local.get $sum11) (f64x2.mul (local.get $a1) (local.get $b))))
        (local.set $sum21 (f64x2.add (local.get $sum21) (f64x2.mul (local.get $a2) (local.get $b))))
        (local.set $b (v128.load (local.get $y2)))
        (local.set $sum02 (f64x2.add (local.get $sum02) (f64x2.mul (local.get $a0) (local.get $b))))
        (local.set $sum12 (f64x2.add (local.get $sum12) (f64x2.mul (local.get $a1) (local.get $b))))
        (local.set $sum22 (f64x2.add (local.get $sum22) (f64x2.mul (local.get $a2) (local.get $b))))
        (local.set $x0 (i32.add (local.get $x0) (i32.const 16)))
        (local.set $x1 (i32.add (local.get $x1) (i32.const 16)))
        (local.set $x2 (i32.add (local.get $x2) (i32.const 16)))
        (local.set $y0 (i32.add (local.get $y0) (i32.const 16)))
        (local.set $y1 (i32.add (local.get $y1) (i32.const 16)))
        (local.set $y2 (i32.add (local.get $y2) (i32.const 16)))
        (br $columns)))
    (call $storeSums (local.get $out) (local.get $sum00) (local.get $sum01) (local.get $sum02))
    (local.set $out (i32.add (local.get $out) (local.get $outStride)))
    (call $storeSums (local.get $out) (local.get $sum10) (local.get $sum11) (local.get $sum12))
    (local.set $out (i32.add (local.get $out) (local.get $outStride)))
    (call $storeSums (local.get $out) (local.get $sum20) (local.get $sum21) (local.get $sum22)))

  ;; The sum of both lanes of each.
  (func $storeSums (param $out i32) (param $a v128) (param $b v128) (param $c v128)
    (f64.store offset=0 (local.get $out)
      (f64.add (f64x2.extract_lane 0 (local.get $a)) (f64x2.extract_lane 1 (local.get $a))))
    (f64.store offset=8 (local.get $out)
      (f64.add (f64x2.extract_lane 0 (local.get $b)) (f64x2.extract_lane 1 (local.get $b))))
    (f64.store offset=16 (local.get $out)
      (f64.add (f64x2.extract_lane 0 (local.get $c)) (f64x2.extract_lane 1 (local.get $c)))))

  ;; A ← A − u wᵀ − w uᵀ and p ← A x on the leading block of $rows rows (an even number), where A's lower triangle is given, and the upper
  ;; element of each 2 × 2 block on the diagonal; reads every element once.
  ;;
  ;; Two rows r and s at a time halve the loads of u, w, x and p.
  (func (export "updateAndMultiply")
    (param $matrix i32) (param $stride i32) (param $rows i32)
    (param $u i32) (param $w i32) (param $x i32) (param $p i32)
    (local $rowR i32) (local $rowS i32)
    ;; Of element r of a vector, of the end of a vector, and of the column j, in bytes from the vector's start.
    (local $atR i32) (local $end i32) (local $atJ i32)
    (local $ur v128) (local $wr v128) (local $xr v128)
    (local $us v128) (local $ws v128) (local $xs v128)
    (local $uj v128) (local $wj v128) (local $xj v128)
    (local $ar v128) (local $as v128) (local $sumR v128) (local $sumS v128)
    (local.set $rowR (local.get $matrix))
    (local.set $end (i32.mul (local.get $rows) (i32.const 8)))
    (block $done
      (loop $rowPairs
        (br_if $done (i32.ge_u (local.get $atR) (local.get $end)))
        (local.set $rowS (i32.add (local.get $rowR) (local.get $stride)))
        (local.set $ur (v128.load64_splat offset=0 (i32.add (local.get $u) (local.get $atR))))
        (local.set $us (v128.load64_splat offset=8 (i32.add (local.get $u) (local.get $atR))))
        (local.set $wr (v128.load64_splat offset=0 (i32.add (local.get $w) (local.get $atR))))
        (local.set $ws (v128.load64_splat offset=8 (i32.add (local.get $w) (local.get $atR))))
        (local.set $xr (v128.load64_splat offset=0 (i32.add (local.get $x) (local.get $atR))))
        (local.set $xs (v128.load64_splat offset=8 (i32.add (local.get $x) (local.get $atR))))
        (local.set $sumR (v128.const f64x2 0 0))
        (local.set $sumS (v128.const f64x2 0 0))
        (local.set $atJ (i32.const 0))
        (block $diagonal
          (loop $columns
            (local.set $uj (v128.load (i32.add (local.get $u) (local.get $atJ))))
            (local.set $wj (v128.load (i32.add (local.get $w) (local.get $atJ))))
            (local.set $xj (v128.load (i32.add (local.get $x) (local.get $atJ))))
            (local.set $ar
              (f64x2.sub
                (f64x2.sub
                  (v128.load (i32.add (local.get $rowR) (local.get $atJ)))
                  (f64x2.mul (local.get $ur) (local.get $wj)))
                (f64x2.mul (local.get $wr) (local.get $uj))))
            (local.set $as
              (f64x2.sub
                (f64x2.sub
                  (v128.load (i32.add (local.get $rowS) (local.get $atJ)))
                  (f64x2.mul (local.get $us) (local.get $wj)))
                (f64x2.mul (local.get $ws) (local.get $uj))))
            (v128.store (i32.add (local.get $rowR) (local.get $atJ)) (local.get $ar))
            (v128.store (i32.add (local.get $rowS) (local.get $atJ)) (local.get $as))
            (local.set $sumR (f64x2.add (local.get $sumR) (f64x2.mul (local.get $ar) (local.get $xj))))
            (local.set $sumS (f64x2.add (local.get $sumS) (f64x2.mul (local.get $as) (local.get $xj))))
            ;; The 2 × 2 block on the diagonal is given whole, so its columns count once.
            (br_if $diagonal (i32.eq (local.get $atJ) (local.get $atR)))
            (v128.store (i32.add (local.get $p) (local.get $atJ))
              (f64x2.add
                (v128.load (i32.add (local.get $p) (local.get $atJ)))
                (f64x2.add
                  (f64x2.mul (local.get $ar) (local.get $xr))
                  (f64x2.mul (local.get $as) (local.get $xs)))))
            (local.set $atJ (i32.add (local.get $atJ) (i32.const 16)))
            (br $columns)))
        (f64.store offset=0 (i32.add (local.get $p) (local.get $atR))
          (f64.add (f64x2.extract_lane 0 (local.get $sumR)) (f64x2.extract_lane 1 (local.get $sumR))))
        (f64.store offset=8 (i32.add (local.get $p) (local.get $atR))
          (f64.add (f64x2.extract_lane 0 (local.get $sumS)) (f64x2.extract_lane 1 (local.get $sumS))))
        (local.set $rowR (i32.add (local.get $rowS) (local.get $stride)))
        (local.set $atR (i32.add (local.get $atR) (i32.const 16)))
        (br $rowPairs)))))
